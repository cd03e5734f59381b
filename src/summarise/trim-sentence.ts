/**
 * What a summary can do without in a sentence: its words stay as written and in order, and none is added. Numbers, names, negations and
 * claims keep what they are said with; where in doubt nothing is cut.
 */

const ARABIC_AGENCIES =
  'رويترز|أ\\s?ف\\s?ب|فرانس برس|أ\\s?ب|أسوشيتد برس|د\\s?ب\\s?أ|أ\\s?ش\\s?أ|الأناضول|سبوتنيك|وكالات|بي بي سي|واس|وام|كونا|بترا';
const ENGLISH_AGENCIES = 'Reuters|AP|AFP|UPI|IDG|CNN|BBC|Bloomberg|dpa|ANI|PTI|IANS|TASS|Xinhua';
const AGENCIES = `${ARABIC_AGENCIES}|${ENGLISH_AGENCIES}`;

/** `واشنطن (رويترز) –`, `LONDON, May 3 (Reuters) -`, `القاهرة – أ ش أ:`: where and by whom it was written, which the outlet's name already says. */
const DATELINES = [
  new RegExp(`^[^.!?؟:()]{0,40}\\((?:${AGENCIES})\\)\\s*[-–—:\\s]*`, 'u'),
  new RegExp(
    `^[^.!?؟:()\\s]{2,20}(?:\\s[^.!?؟:()\\s]{2,20})?\\s*[-–—]\\s*(?:${AGENCIES})\\s*[-–—:]\\s*`,
    'u',
  ),
  /^\p{Lu}{5,}(?:[ ,]+(?:\p{Lu}[\p{Lu}.]+|\p{Lu}\p{Ll}+\.?|\d{1,2}))*\s*(?:[–—]|--|\s-)\s+(?=\p{Lu})/u,
];

/** `مدينة النجمة – قالت`: at most three words before the only dash of an article's first sentence are where it was written. */
const ARABIC_PLACE =
  /^(?:[\p{Script=Arabic}\p{M}]+\s){1,3}[-–—]\s(?=[\p{Script=Arabic}«"])(?!.*\s[-–—]\s)/u;

/** `(MSFT.O)`, `(NASDAQ: CRWD)`. */
const TICKER =
  /\s?\((?:(?:NASDAQ|NYSE|LON|LSE|TSE|TADAWUL):\s?)?[A-Z]{1,5}\.(?:O|OQ|N|L|DE|PA|T|HK|SE|AS)\)|\s?\((?:NASDAQ|NYSE|LON|LSE|TSE|TADAWUL):\s?[A-Z0-9.]{1,8}\)/gu;

const ARABIC_DAY = '(?:السبت|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة)';
const ENGLISH_DAY = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';

const ARABIC_SAYING = 'قال|قالت|أعلن|أعلنت|أكد|أكدت|ذكر|ذكرت|أفاد|أفادت|كشف|كشفت|صرح|صرحت|حذر|حذرت';
/** The rules below look back from every space to this beginning: a sentence without it is spared them, a quarter of an article's time. */
const SAYS_IN_ARABIC = new RegExp(`^و?(?:${ARABIC_SAYING})\\s`, 'u');

/** When something was said, or to whom: the report's own date and name tell it. Never when something happened. */
const ARABIC_TIMES_OF_SAYING: readonly RegExp[] = [
  new RegExp(
    `(?<=^و?(?:${ARABIC_SAYING})\\s[^،.]{2,80}?)(?:\\s(?:لرويترز|لبي بي سي|لوكالة فرانس برس|لـ?CNN))?(?:\\s،?(?:يوم|اليوم|مساء|صباح)?\\s?${ARABIC_DAY}(?:\\sالماضي)?،?)(?=\\sب?[إأ]ن)`,
    'u',
  ),
  /(?<=^و?(?:قال|قالت)\s[^،.]{2,80}?)\s(?:لرويترز|لبي بي سي|لوكالة فرانس برس|لـ?CNN)(?=\s[إأ]ن)/u,
];
const ENGLISH_TIMES_OF_SAYING: readonly RegExp[] = [
  new RegExp(
    `(?<=\\b(?:said|says|announced|confirmed|warned|reported|disclosed))(?:\\son)?\\s${ENGLISH_DAY}(?:\\s(?:morning|afternoon|evening|night))?(?=[ ,.]|$)`,
    'u',
  ),
];

const BEGINS_IN_ARABIC = /^\s*\p{Script=Arabic}/u;

/** Where somebody stands in a photograph that the summary does not show. */
const PLACE_IN_PHOTO =
  /\s?\((?:pictured(?:,? (?:above|below|left|right|cent(?:re|er)))?|above|below|left|right|cent(?:re|er)|middle|file photo|في الصورة)\)/gu;

/** What a player of videos left in the text. */
const PLAYER = /^Media playback is (?:not supported|unsupported) on (?:this|your) device\s*/u;

/** Links to a sentence that the summary does not have. */
const CONNECTIVE =
  /^(?:(?:However|Meanwhile|Moreover|Furthermore|Additionally|In addition|Separately),\s|(?:و?من (?:جانبه|جانبها|جهته|جهتها|ناحيته|ناحية أخرى|جهة أخرى)|وفي (?:سياق متصل|السياق ذاته|غضون ذلك))،\s)/u;

/** A speaker's words stand in quotation marks: `على حد تعبيره` says it again. */
const HIS_WORDS =
  /\s?،?\s?(?:على حد (?:تعبير|قول|وصف)(?:ه|ها|هم)|(?:ب?حسب|وفق) (?:تعبير|قول|وصف)(?:ه|ها|هم))(?=[.،]|$)/u;

/** Asides in brackets or dashes. */
const ASIDES = /\s\([^()]*\)|\s[–—]\s[^–—]*\s[–—](?=\s)|\s?،?\s-\s[^-]*\s-(?=\s)/gu;

/** The last clause: who reports it. */
const LAST_ATTRIBUTION =
  /\s*(?:،\s*(?:بحسب|حسب|وفقًا|وفقا|وفقاً|وفق|طبقا|طبقاً|طبقًا|حسبما|على حد قول|كما (?:ذكر|أفاد|أعلن)ت?)\s[^،]*?|,\s(?:according to\s[^,]*?|(?:[\p{L}’'.]+\s){0,4}(?:said|says|reported|reports)))(?=[.]?$)/u;

/** The last clause: more about what the sentence already names. */
const LAST_RELATIVE =
  /\s*(?:،\s*(?:الذي|التي|الذين|اللذان|اللتان|وهو|وهي|مما)\s[^،]*?|,\s(?:which|who|whose|where)\s[^,]*?)(?=[.]?$)/u;

/** Where something is only claimed, who claims it belongs to the meaning. */
const CLAIM =
  /(?:اتهم|تتهم|يتهم|اتهام|زعم|مزاعم|مزعوم|يشتبه|مشتبه|محتمل|ربما|قد\s|يعتقد|ينف|نفى|نفت)|\b(?:alleg|accus|suspect|claim|blam|den(?:y|ied|ies)|likely|may|might|could|believed|purported)/iu;
const NEGATION =
  /(?:^|\s)(?:و|ف)?(?:لا|لم|لن|ليس|ليست|غير|دون|بدون|عدم|إلا)\s|\b(?:not|no|never|without|none|unless|except)\b|n['’]t\b/iu;
const NUMBER_OR_NAME = /\p{N}|(?<=[\s(])\p{Lu}/u;

const LEAST_WORDS = 6;

/**
 * Without the dateline, the tickers and the time of saying, which its report shows anyway.
 * @param place of the sentence in its article, from 0
 */
export function trimSentence(sentence: string, place: number): string {
  const datelines = place === 0 ? [...DATELINES, ARABIC_PLACE] : DATELINES;
  const trimmed = datelines
    .reduce((text, dateline) => text.replace(dateline, ''), sentence)
    .replace(TICKER, '')
    .replace(PLAYER, '')
    .replace(PLACE_IN_PHOTO, '')
    .replace(HIS_WORDS, '');
  return timesOfSaying(trimmed).reduce((text, time) => text.replace(time, ''), trimmed);
}

function timesOfSaying(sentence: string): readonly RegExp[] {
  if (!BEGINS_IN_ARABIC.test(sentence)) return ENGLISH_TIMES_OF_SAYING;
  return SAYS_IN_ARABIC.test(sentence) ? ARABIC_TIMES_OF_SAYING : [];
}

/** As the first sentence of a summary, without the words that tie it to a sentence that is not there. */
export function beginSummary(sentence: string): string {
  const rest = sentence.replace(CONNECTIVE, '');
  return rest === sentence ? sentence : rest.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/**
 * The sentence within `maxCharacters`, if leaving out an aside, its last attribution or its last relative clause brings it there; else null. No
 * number, no name and no negation is left out with them, and no source of what is only claimed.
 */
export function trimToFit(sentence: string, maxCharacters: number): string | null {
  let text = sentence;
  for (const cut of [withoutAsides, withoutAttribution, withoutRelative]) {
    if (text.length <= maxCharacters) break;
    const shorter = cut(text);
    if (shorter.split(' ').length >= LEAST_WORDS) text = shorter;
  }
  return text.length <= maxCharacters ? text : null;
}

function withoutAsides(sentence: string): string {
  return sentence.replace(ASIDES, (aside) => (isNeeded(aside) ? aside : ''));
}

function withoutAttribution(sentence: string): string {
  if (CLAIM.test(sentence)) return sentence;
  return sentence.replace(LAST_ATTRIBUTION, (clause) => (NEGATION.test(clause) ? clause : ''));
}

function withoutRelative(sentence: string): string {
  return sentence.replace(LAST_RELATIVE, (clause) => (isNeeded(clause) ? clause : ''));
}

function isNeeded(clause: string): boolean {
  return NEGATION.test(clause) || NUMBER_OR_NAME.test(clause);
}
