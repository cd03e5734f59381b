/** Fewer words hang on the sentence before them: `That was it.` */
const LEAST_WORDS = 6;

/** What a page says to its visitor or of its makers, between the sentences of the article. */
const OF_THE_PAGE =
  /^(?:scroll (?:down|up)\b|(?:watch|read|see|click|share)\b.{0,40}\b(?:below|here|more|video)\W*$|analysis: [^.]*$|advertisement\W*$|(?:اقرأ|إقرأ|شاهد|طالع)(?:وا)?(?:\s(?:أيضا|أيضاً|أيضًا|ايضا|ايضاً))?\s?:)|\bcontributed (?:to|reporting)\b.{0,20}$/iu;

const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»/gu;
/** Somebody speaks, and the summary does not say who. */
const FIRST_PERSON = /\b(?:I(?=['’]|\s\p{Ll})|(?:[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us)\b)/u;
const FULL_STOP = /[.!…]["'”’»)\]]*$/u;
const SINGLE_OPENING = /(?<![\p{L}\p{N}])['‘](?=[\p{L}\p{N}])/gu;
const SINGLE_CLOSING = /['’](?![\p{L}\p{N}])/gu;

/** Arabic words that begin with a و of their own; any other joins its sentence to the one before. */
const OWN_WAW =
  /^و(?:زار|زير|زراء|كال|اشنطن|صل|جد|فا|قع|ثائق|ثيق|سائل|سيل|حد|فد|احد|ضع|سط|رد|افق|قف|عد|الد|باء|لاي|لي |كيل|جه|ظائف|ظيف|رش|اجه|قت|رق|ادي|ارد|فر|فق|لد|طن|دائع|سم|زع|زن|هم|رث|اصل|اسع|اقع)/u;
const JOINED = /^(?:و\p{L}{2}|كما\s|لكن\s|إلا أن\s|غير أن\s|بينما\s|في حين\s|فيما\s)/u;

/** Whether an Arabic sentence goes on from the one before it, and so is no beginning of a summary. */
export function goesOn(sentence: string): boolean {
  return JOINED.test(sentence) && !OWN_WAW.test(sentence);
}

/** Whether it is no sentence of the article but the page's own: `Scroll down for video.` */
export function isOfThePage(sentence: string): boolean {
  return OF_THE_PAGE.test(sentence);
}

/** Whether an English sentence can be read without those around it: no question, no heading, no part of what somebody says. */
export function standsAlone(sentence: string): boolean {
  return (
    sentence.split(' ').length >= LEAST_WORDS &&
    FULL_STOP.test(sentence) &&
    !FIRST_PERSON.test(sentence.replace(QUOTED, '')) &&
    !isPartOfQuote(sentence)
  );
}

/** Single marks are apostrophes too (`users’ data`), so a closing one alone counts only at the end. */
function isPartOfQuote(sentence: string): boolean {
  const count = (mark: RegExp) => sentence.match(mark)?.length ?? 0;
  const opened = count(SINGLE_OPENING);
  return (
    count(/"/gu) % 2 === 1 ||
    count(/“/gu) !== count(/”/gu) ||
    opened > count(SINGLE_CLOSING) ||
    (opened === 0 && /['’]$/u.test(sentence))
  );
}
