import { ACTOR_PATTERNS } from './actor-patterns.ts';
import { OF_COMPUTERS } from './attack-evidence.ts';
import { MALWARE_PATTERNS } from './malware-patterns.ts';
import type { NamePattern } from './name-pattern.ts';
import { STATES } from './names/states.ts';

/** A name that no list has, in a text that says what bears it. */
export interface CalledName {
  kind: 'actors' | 'malware';
  mention: string;
}

/**
 * Names that a text gives to an attacker or a program: `a hacker who goes by “X”`, `X claimed responsibility`, `a worm called X`,
 * مجموعة تطلق على نفسها «س», الهاكر "س". Each name as written, in order of appearance, also twice.
 */
export function findCalledNames(text: string): CalledName[] {
  if (!OF_COMPUTERS.test(text)) return [];
  const plain = text.replace(/[^\S\n]+/gu, ' ');
  return [...ACTOR_PATTERNS, ...MALWARE_PATTERNS]
    .flatMap((pattern) => searched(plain, pattern).flatMap((part) => readNames(part, pattern)))
    .sort((a, b) => a.at - b.at)
    .map(({ kind, mention }) => ({ kind, mention }));
}

/** A part of a text and where it begins. */
interface Part {
  text: string;
  at: number;
}

const BEFORE_CUE = 120;

/** The text up to the end of each cue, so far back as a name may begin; the whole where a pattern has no cue. */
function searched(text: string, { cue }: NamePattern): Part[] {
  if (!cue) return [{ text, at: 0 }];
  return Array.from(text.matchAll(cue), (match) => {
    const at = Math.max(0, match.index - BEFORE_CUE);
    return { text: text.slice(at, match.index + match[0].length), at };
  });
}

function readNames(part: Part, { kind, pattern }: NamePattern): (CalledName & { at: number })[] {
  return Array.from(part.text.matchAll(pattern), ({ index, groups }) => ({
    kind,
    mention: cleaned(groups?.name ?? groups?.other ?? ''),
    at: part.at + index,
  })).filter(({ mention }) => isName(mention));
}

/** Words that begin a sentence, say what a name is or whose; they do not begin a name. */
const NO_NAME =
  /^(?:Dubbed|Called|Named|Nicknamed|Codenamed|Known|Tracked|Detected|Identified|The|A|An|This|That|These|Those|It|Its|In|On|At|But|And|Or|If|As|For|From|With|After|Before|While|When|Once|Although|Many|Some|Other|Several|All|Any|No|New|One|Two|Three|Nine|Fifteen|First|Second|Last|Each|Every|More|Most|Their|His|Her|Our|Your|My|He|She|They|We|You|Researchers?|Hackers?|Security|Secure|Cyber|Cybersecurity|Internet|Computer|Online|Mobile|Android|Windows|Linux|Mac|MacOS|IOS|OSX|DDoS|AI|IT|US|UK|EU|U|Russian|Chinese|Iranian|Israeli|North|South|Korean|American|British|German|French|Dutch|Turkish|Ukrainian|Indian|Pakistani|Italian|Spanish|Japanese|Nigerian|Ransomware|Malware|Trojan|Worm|Virus|Spyware|Botnet|RAT|Police|FBI|Microsoft|Google|Apple|Facebook|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Key|Takeaways|Summary|Overview|Report|Data|Breach|Attack|Remote|Access|Point|Banking|Zero|Day|Mass|Email|Mail|Such|Another|Both|Since|Like|Unlike|Instead|However|Because|Recent|Latest|Advanced|Persistent|Threat|Mr|Ms|Mrs|Dr|CEO|Major|General|Minister|Justice|President|Judge|Personnel|Huge|Tbps|PoS|POS|ATM|IoT|APT|PC|Web|Message|Imagine|Combines|Thai|Alleged|Suspected|Accused|Convicted|Notorious|Infamous|Prolific|Dangerous|Pro-\p{L}+|[\p{L}\p{N}]+-(?:based|linked|backed|affiliated|aligned|speaking|driven|powered|assisted|changing|themed|like|installed|rooted|sponsored))$/iu;
/** What may follow a name and is no part of it. */
const NO_END =
  /^(?:Ransomware|Malware|Trojan|Worm|Virus|The|In|A|And|Linux|MacOS|Android|Windows|JavaScript|Security|Because|Banking)$/u;
const ARABIC_NO_NAME =
  /^(?:ال)?(?:فيروس|فيروسات|برنامج|برامج|برمجيات?|دودة|روبوت|هاكرز?|هكر|قراصنة|فدية|مجرمون|مخترقون|متسللون|جديدة|خارقة|إلكترونيون|حرب إلكترونية|حربا إلكترونية)(?: .*)?$|^(?:غير|أكثر|أخطر|أكبر|أول|ذات) /u;

/** Without what belongs to the sentence: `The`, `New`; empty where nothing else is left. */
function cleaned(name: string): string {
  if (/^Anti-?/u.test(name.trim())) return '';
  const words = name
    .trim()
    .replace(/['’]s?$/u, '')
    .split(' ');
  while (words.length > 0 && NO_NAME.test(words[0] ?? '')) words.shift();
  while (words.length > 0 && NO_END.test(words.at(-1) ?? '')) words.pop();
  return words.join(' ').replace(/[.,]$/u, '');
}

function isName(name: string): boolean {
  return (
    name.length >= 3 &&
    /\p{L}/u.test(name) &&
    name.split(' ').length <= 4 &&
    !ARABIC_NO_NAME.test(name) &&
    !name
      .toLowerCase()
      .split(/[ -]/u)
      .every((word) => OF_STATES.has(word))
  );
}

const OF_STATES = new Set(
  STATES.flatMap(({ country, people }) => [...country, ...people]).flatMap((form) =>
    form.split(' '),
  ),
);
