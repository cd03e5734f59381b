const WORD_JOINER = '\u2060';

/**
 * A run without spaces; also without the controls that isolate a run, so that they count for nothing. What has a digit or is an address is
 * read as one thing: a CVE id, version, date, range of hours, phone number. Words that a hyphen joins may part (`zero-day`).
 */
const TOKEN = /[^\s\u200e\u200f\u2066-\u2069]+/gu;
const HAS_DIGIT = /\p{Nd}/u;

/** Within a run, browsers end a line after these (measured in Chromium; UAX #14 does so after fewer of them). */
const BREAK_AFTER = /(?<=[\p{L}\p{N}/])[-‐–/?](?=[\p{L}\p{N}])/gu;

/** Characters that surely stand in one line of a phone's screen beside a button; what is longer may have to break, and breaks best where it can. */
const LONGEST_WHOLE = 20;

/**
 * A text to be shown in which no line ends inside a CVE id, version, date, time, range, or short address: an invisible word joiner
 * (U+2060) follows each mark after which a line could end.
 *
 * What it costs: screen readers pass over U+2060, but who copies such a run copies the joiners too, and other programs may then not know
 * the id. The non-breaking hyphen (U+2011) would be worse, being another letter. So: never in an address that is opened, nor in the list of
 * a story's CVE ids, which is there to be copied; and whatever members type or paste is rid of joiners when it arrives.
 */
export function keepWhole(text: string): string {
  return text.replace(TOKEN, (token) =>
    isShort(token) && isOneThing(token) ? token.replace(BREAK_AFTER, `$&${WORD_JOINER}`) : token,
  );
}

function isShort(token: string): boolean {
  return token.replaceAll(WORD_JOINER, '').length <= LONGEST_WHOLE;
}

function isOneThing(token: string): boolean {
  return HAS_DIGIT.test(token) || token.replaceAll(WORD_JOINER, '').includes('://');
}
