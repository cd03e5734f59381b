const words = (list: string) => new Set(list.split(' '));

/** Arabic's own function words and the verbs of headlines. */
const ARABIC_WORDS = words(
  'في من على إلى الى عن مع أن ان إن هذا هذه ذلك التي الذي الذين بعد قبل قال قالت خلال بين حول ضد لا لم لن ما كان كانت قد أو ثم عند منذ ' +
    'حتى إذا كيف هل لماذا بسبب لدى غير كل أكثر بن عبد وفي ومن وعلى وقال أي أول يوم عام يعلن تعلن أعلن أعلنت تطلق يطلق تكشف يكشف له لها به بها',
);

/** Function words of Persian, Urdu, Pashto, Sorani Kurdish, Sindhi and Uyghur that Arabic does not have. */
const OTHER_WORDS = words(
  'از که در را این آن برای است شد شده شود شدن کرد کردند می‌شود های ها تا نیز چه بود خواهد درباره دو هر یک بر خود هزار روز ' +
    'کا کی کے میں سے ہے ہیں نے کو پر اور کیا ہو گیا گئی بھی کر لیے آج وزیر ' +
    'د په چې کې يې وو سره شول لە بۆ بە کە ئەو ئەم دوو لەسەر ۾ ۽ ڪيو بىلەن ۋە',
);

/** Letters that Arabic text has in a foreign name at most: پ چ ژ گ ڤ. */
const NAME_LETTER = /[\u067e\u0686\u0698\u06af\u06a4]/u;

/** Kaf and ya as Persian and Urdu keyboards write them. */
const PERSIAN_KEY = /[\u06a9\u06cc]/u;

/** Letters that no Arabic word has: of Urdu, Pashto, Kurdish, Sindhi and Uyghur. */
const FOREIGN_LETTER =
  /[\u0679-\u067d\u067f\u0680-\u0685\u0687-\u0697\u0699-\u06a3\u06a6-\u06a8\u06aa-\u06ae\u06b0-\u06cb\u06cd-\u06d3\u06d5]/u;

/** Arabic's article, ta marbuta, and alef with hamza, which Persian and Urdu hardly write. */
const ARABIC_SHAPE = /^(?:[وفبك]?ال\p{L}{2,}|[وف]?لل\p{L}{2,}|\p{L}{2,}ة)$/u;
const HAMZA_ON_ALEF = /^[وفبل]?[أإ]/u;

/** One foreign-looking name is not enough to make a headline Persian. */
const ENOUGH_AGAINST = -0.9;

/**
 * Whether words in Arabic script are Arabic. Each word speaks once for Arabic or for another language, by its function
 * words, letters or shape; a tie is Arabic, so that `ثغرة` alone is.
 */
export function isArabicProse(wordsRead: readonly string[]): boolean {
  return wordsRead.reduce((score, word) => score + wordScore(word), 0) > ENOUGH_AGAINST;
}

function wordScore(word: string): number {
  if (FOREIGN_LETTER.test(word)) return -2;
  if (ARABIC_WORDS.has(word)) return 1;
  if (OTHER_WORDS.has(word)) return word.length > 1 ? -1.5 : -0.7;
  return letterScore(word) + (ARABIC_SHAPE.test(word) ? 1 : 0);
}

function letterScore(word: string): number {
  if (PERSIAN_KEY.test(word)) return -1;
  if (NAME_LETTER.test(word)) return -0.6;
  return HAMZA_ON_ALEF.test(word) ? 0.5 : 0;
}
