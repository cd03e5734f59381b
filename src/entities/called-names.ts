import { OF_COMPUTERS } from './attack-evidence.ts';
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
  return PATTERNS.flatMap((pattern) =>
    searched(plain, pattern).flatMap((part) => readNames(part, pattern)),
  )
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
function searched(text: string, { cue }: Pattern): Part[] {
  if (!cue) return [{ text, at: 0 }];
  return Array.from(text.matchAll(cue), (match) => {
    const at = Math.max(0, match.index - BEFORE_CUE);
    return { text: text.slice(at, match.index + match[0].length), at };
  });
}

function readNames(part: Part, { kind, pattern }: Pattern): (CalledName & { at: number })[] {
  return Array.from(part.text.matchAll(pattern), ({ index, groups }) => ({
    kind,
    mention: cleaned(groups?.name ?? ''),
    at: part.at + index,
  })).filter(({ mention }) => isName(mention));
}

const OPEN = '["“‘«\'(]{0,2}\\s?';
/** Bounded, so that a text without spaces costs no more than another. */
const WORD =
  "\\p{Lu}[\\p{L}\\p{N}$_'’-]{0,30}|\\p{Ll}{1,20}[\\p{Lu}\\p{N}_][\\p{L}\\p{N}$_-]{0,30}";
/** One to three words with capitals: `Turkish Crime Family`, `hAnt`. */
const NAME = `(?<![\\p{L}\\p{N}])(?<name>(?:${WORD})(?:[ .](?:${WORD})){0,2})`;
const QUOTED = '["“”‘«]\\s?(?<name>[^"“”‘’»«\\n.,،:؛]{2,30}?)\\s?["”’»]';
const ATTACKER =
  '(?:hackers?|hacktivists?|attackers?|groups?|gang|crew|collective|cybercriminals?|criminals?|crooks?|vendor|seller|user|threat actors?|actor|individual|person|campaign|teenager|duo|band)';
const PERSON =
  "(?<!\\p{L})(?<name>\\p{Lu}[\\p{L}'’-]{1,30}(?: \\p{Lu}\\.?)?(?: \\p{Lu}[\\p{L}'’-]{1,30}){1,2})";

const ARABIC_WORD = '[\\p{Script=Arabic}\\p{M}_]{2,}';
const ARABIC_HACKER =
  '(?:(?:ال)?(?:قراصنة|قرصان|هاكرز?|هكر|مخترق|متسلل|مقرصن|متسللين|مخترقين)|متسللا|مخترقا|هاكرا)';
const ARABIC_GROUP = '(?:ال)?(?:مجموعة|جماعة|عصابة|فريق|حملة)';
const ARABIC_NAMING =
  '(?:تطلق على نفسها|يطلق على نفسه|يطلقون على أنفسهم|أطلقت على نفسها|تسمي نفسها|يسمي نفسه|تدعو نفسها|المعروفة?|معروفة?|معروفا|تعرف|يعرف|يُعرف|تُعرف|المسماة?|تسمى|يسمى|تدعى|يدعى|المدعو|الملقبة?|يلقب|المكنى)';

interface Pattern {
  kind: CalledName['kind'];
  pattern: RegExp;
  /** What such a pattern ends with: where a name comes first, only the text before these is searched. */
  cue?: RegExp;
}

const PATTERNS: Pattern[] = [
  // a hacker who goes by "X"; the vendor who goes by the handle of “X”; a group calling itself X
  {
    kind: 'actors',
    pattern: new RegExp(
      `\\b${ATTACKER}\\b[^.\\n]{0,60}?\\b(?:known (?:online )?as|call\\w+ (?:itself|himself|herself|themselves)|styl\\w+ (?:itself|himself|themselves)|identif\\w+ (?:itself|himself|themselves) as|dubbed|go(?:es|ing) by|went by|under the (?:online )?(?:name|handle|alias|nickname|pseudonym|moniker|codename)|(?:name|handle|alias|nickname|pseudonym|moniker|username|codename) (?:of|is|was)|the (?:alias|handle|moniker|nickname))(?: the (?:online )?(?:name|handle|alias|nickname|pseudonym|moniker|codename)(?: of)?)?(?: the)? ${OPEN}${NAME}`,
      'gu',
    ),
  },
  // user called X, hacker named X
  {
    kind: 'actors',
    pattern: new RegExp(
      `\\b(?:[Hh]ackers?|[Hh]acktivists?|[Gg]roup|[Gg]ang|[Cc]ollective|[Uu]ser|[Vv]endor|[Tt]hreat actor|[Aa]ttacker|[Cc]ybercriminal|[Cc]rew) (?:called|named|nicknamed|tracked as) ${OPEN}${NAME}`,
      'gu',
    ),
  },
  // the threat actor "X", the hacker “X”
  {
    kind: 'actors',
    pattern: new RegExp(
      `\\b(?:[Tt]hreat actors?|[Hh]acker|[Hh]acking group|[Hh]acktivist group|[Rr]ansomware (?:gang|group)|[Cc]ybercrime group|[Hh]acker group),? ${QUOTED}`,
      'gu',
    ),
  },
  {
    kind: 'actors',
    pattern: new RegExp(
      `\\b(?:[Tt]hreat actor|[Hh]acking group|[Hh]acktivist group|[Hh]acking collective|[Rr]ansomware (?:gang|group)|[Cc]ybercrime (?:gang|group)|[Hh]acker group|APT group) ${OPEN}${NAME}`,
      'gu',
    ),
  },
  // X claimed responsibility
  {
    kind: 'actors',
    pattern: new RegExp(
      `${OPEN}${NAME}["”’»)]?(?: (?:group|gang|hackers|ransomware|ransomware group|ransomware gang))? (?:has |have |had |is |are |later |also |since )*(?:claim(?:ed|ing|s)?|t(?:ook|aken|aking|akes?)) (?:responsibility|credit)$`,
      'gu',
    ),
    cue: /\b(?:claim(?:ed|ing|s)?|t(?:ook|aken|aking|akes?)) (?:responsibility|credit)\b/gu,
  },
  // the X ransomware gang, the X hacking group
  {
    kind: 'actors',
    pattern: new RegExp(
      `${OPEN}${NAME}["”’»)]? (?:ransomware|hacking|hacker|hacktivist|cybercrime|cyber|extortion|threat|cyberespionage|espionage)[ -](?:gang|group|crew|collective|operation|actors?)$`,
      'gu',
    ),
    cue: /\b(?:ransomware|hacking|hacker|hacktivist|cybercrime|cyber|extortion|threat|cyberespionage|espionage)[ -](?:gang|group|crew|collective|operation|actors?)\b/gu,
  },
  // a person whom a court has before it
  {
    kind: 'actors',
    pattern: new RegExp(
      `${PERSON}(?:, (?:aged )?\\d\\d(?: years old)?,?| \\(\\d\\d\\),?)?(?:,[^.,\\n]{3,60},)? (?:has |have |had |is |was |were |who |been |formally |also |later )*(?:charged|sentenced|arrested|convicted|extradited|indicted|jailed|pleaded guilty|pled guilty|pleads guilty|admitted|accused of)$`,
      'gu',
    ),
    cue: /\b(?:charged|sentenced|arrested|convicted|extradited|indicted|jailed|pleaded guilty|pled guilty|pleads guilty|admitted|accused of)\b/gu,
  },
  {
    kind: 'actors',
    pattern: new RegExp(
      `\\b(?:charged|sentenced|arrested|convicted|extradited|indicted|jailed|accused of (?:being )?\\w+(?: \\w+){0,4}|suspect|hacker|defendant),? ${PERSON}`,
      'gu',
    ),
  },
  // a worm called X, the X worm
  {
    kind: 'malware',
    pattern: new RegExp(
      `\\b(?:ransomware|malware|trojan|[Tt]rojan horse|worm|virus|stealer|infostealer|botnet|backdoor|wiper|spyware|rootkit|strain|variant|program|tool|toolkit|exploit kit|loader|code)s?,?(?: threat| family| strain| program)? (?:that is |which is |is |was |has been |it |they |the firm |researchers )?(?:known as|dubbed|dubs|called|calls?|named|codenamed|nicknamed|tracked as) ${OPEN}${NAME}`,
      'gu',
    ),
  },
  {
    kind: 'malware',
    pattern: new RegExp(
      `${OPEN}${NAME}["”’»)]? (?:banking |Windows |Android |Linux |mobile |computer |mass-mailing |e-?mail |remote access |information |info )?(?:ransomware|malware|[Tt]rojan|worm|virus|stealer|infostealer|RAT|botnet|backdoor|wiper|spyware|rootkit)$`,
      'gu',
    ),
    cue: /\b(?:ransomware|malware|[Tt]rojan|worm|virus|stealer|infostealer|RAT|botnet|backdoor|wiper|spyware|rootkit)\b/gu,
  },
  // what scanners call it: W32/Bagle-AT, Trojan-SMS.AndroidOS.FakePlayer.a, Downloader.Lunii
  {
    kind: 'malware',
    pattern:
      /(?<![\p{L}\p{N}./])(?<name>(?:(?:Gen:)?(?:Trojan|Backdoor|Worm|Rootkit|Virus|Downloader|Ransom|Exploit|W32|W97M|Win32|OSX|Troj|SymbOS|MSIL|Email-Worm|Net-Worm|PSW|RANSOM)(?:-[A-Z][\p{L}]+)?[ ]?[./:_][ ]?)[A-Z][\w-]{0,40}(?: ?[./!] ?[\w-]{1,40}){0,5})/gu,
  },
  // الهاكر "س", مجموعة القراصنة «س»
  {
    kind: 'actors',
    pattern: new RegExp(
      `(?:^|[\\s"«(])[وبل]?(?:${ARABIC_GROUP} (?:ال)?قرصنة|${ARABIC_HACKER})(?: ${ARABIC_WORD}){0,2}\\s${QUOTED}`,
      'gu',
    ),
  },
  // مجموعة تطلق على نفسها اسم "س"
  {
    kind: 'actors',
    pattern: new RegExp(
      `(?:^|[\\s"«(])[وبل]?(?:${ARABIC_GROUP}|${ARABIC_HACKER})(?: [^\\s.،]+){0,5}? [وا]?${ARABIC_NAMING}(?: [بإا]?اسم[هاة]*)?(?: المستعار| مستعار)? [ب]?${QUOTED}`,
      'gu',
    ),
  },
  { kind: 'actors', pattern: new RegExp(`اسم[هاة]* ?(?:ال)?مستعار[اًه]*\\s*${QUOTED}`, 'gu') },
  // فيروس "س", برمجية «س» الخبيثة
  {
    kind: 'malware',
    pattern: new RegExp(
      `(?:^|[\\s"«(])[وبل]?(?:ال)?(?:فيروس|دودة|برمجية|برنامج التجسس|برنامج الفدية|فدية|الخبيثة?|طروادة|تروجان|فيروسا|برمجيات الفدية|برامج الفدية)(?: (?:(?:ال)?(?:معروفة?|مسماة?|مسمى|ملقبة?|خبيثة?|خبيث|فدية|تجسس|إلكترونية?|جديدة?|جديد)|تسمى|يسمى|تدعى|يدعى|يحمل|تحمل|أطلق عليها|أطلق عليه|يطلق عليه|يطلق عليها|يعرف|تعرف|يُعرف|تُعرف|ب?اسم)){0,3}\\s[ب]?${QUOTED}`,
      'gu',
    ),
  },
];

/** Words that begin a sentence, say what a name is or whose; they do not begin a name. */
const NO_NAME =
  /^(?:The|A|An|This|That|These|Those|It|Its|In|On|At|But|And|Or|If|As|For|From|With|After|Before|While|When|Once|Although|Many|Some|Other|Several|All|Any|No|New|One|Two|Three|Nine|Fifteen|First|Second|Last|Each|Every|More|Most|Their|His|Her|Our|Your|My|He|She|They|We|You|Researchers?|Hackers?|Security|Secure|Cyber|Cybersecurity|Internet|Computer|Online|Mobile|Android|Windows|Linux|Mac|MacOS|IOS|OSX|DDoS|AI|IT|US|UK|EU|U|Russian|Chinese|Iranian|Israeli|North|South|Korean|American|British|German|French|Dutch|Turkish|Ukrainian|Indian|Pakistani|Italian|Spanish|Japanese|Nigerian|Ransomware|Malware|Trojan|Worm|Virus|Spyware|Botnet|RAT|Police|FBI|Microsoft|Google|Apple|Facebook|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Key|Takeaways|Summary|Overview|Report|Data|Breach|Attack|Remote|Access|Point|Banking|Zero|Day|Mass|Email|Mail|Such|Another|Both|Since|Like|Unlike|Instead|However|Because|Recent|Latest|Advanced|Persistent|Threat|Mr|Ms|Mrs|Dr|CEO|Major|General|Minister|Justice|President|Judge|Personnel|Huge|Tbps|PoS|POS|ATM|IoT|APT|PC|Web|Message|Imagine|Combines|Thai|Pro-\p{L}+|[\p{L}\p{N}]+-(?:based|linked|backed|affiliated|aligned|speaking|driven|powered|assisted|changing|themed|like|installed|rooted|sponsored))$/iu;
/** What may follow a name and is no part of it. */
const NO_END =
  /^(?:Ransomware|Malware|Trojan|Worm|Virus|The|In|A|And|Linux|MacOS|Android|Windows|JavaScript|Security|Because|Banking)$/u;
const ARABIC_NO_NAME =
  /^(?:ال)?(?:هاكرز?|هكر|قراصنة|فدية|مجرمون|مخترقون|متسللون|جديدة|خارقة|إلكترونيون|حرب إلكترونية|حربا إلكترونية)(?: .*)?$/u;

/** Without what belongs to the sentence: `The`, `New`; empty where nothing else is left. */
function cleaned(name: string): string {
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
