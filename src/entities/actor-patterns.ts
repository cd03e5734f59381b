import {
  ARABIC_NAMING,
  ARABIC_WORD,
  NAME,
  type NamePattern,
  OPEN,
  QUOTED,
} from './name-pattern.ts';

const ATTACKER =
  '(?:hackers?|hacktivists?|attackers?|groups?|gang|crew|collective|cybercriminals?|criminals?|crooks?|vendor|seller|user|threat actors?|actor|individual|person|campaign|teenager|duo|band)';
const PERSON =
  "(?<!\\p{L})(?<name>\\p{Lu}[\\p{L}'’-]{1,30}(?: \\p{Lu}\\.?)?(?: \\p{Lu}[\\p{L}'’-]{1,30}){1,2})";

/** What a court or the police did to somebody; `have arrested` is what they say of themselves. */
const SUFFERED =
  '(?<!\\b(?:has|have|had) (?:formally |also |later )*)(?:charged|sentenced|arrested|convicted|extradited|indicted|jailed)';

const ARABIC_HACKER =
  '(?:(?:ال)?(?:قراصنة|قرصان|هاكرز?|هكر|مخترق|متسلل|مقرصن|متسللين|مخترقين)|متسللا|مخترقا|هاكرا)';
const ARABIC_GROUP = '(?:ال)?(?:مجموعة|جماعة|عصابة|فريق|حملة)';

/** Names of attackers. */
export const ACTOR_PATTERNS: NamePattern[] = [
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
      `${PERSON}(?:, (?:aged )?\\d\\d(?: years old)?,?| \\(\\d\\d\\),?)?(?:,[^.,\\n]{3,60},)? (?:has |have |had |is |was |were |who |been |formally |also |later )*(?:${SUFFERED}|pleaded guilty|pled guilty|pleads guilty|admitted|accused of)$`,
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
];
