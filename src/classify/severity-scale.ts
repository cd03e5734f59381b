/** How many people, records or devices an article says are affected, and how much money was lost. */
export interface Scale {
  victims: number;
  dollars: number;
}

const UNITS: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  thousands: 1e4,
  m: 1e6,
  mln: 1e6,
  million: 1e6,
  millions: 2e6,
  bn: 1e9,
  b: 1e9,
  billion: 1e9,
  billions: 2e9,
  الف: 1e3,
  الاف: 1e3,
  الافا: 1e3,
  الالاف: 1e4,
  مليون: 1e6,
  ملايين: 1e6,
  الملايين: 2e6,
  مليار: 1e9,
  مليارات: 1e9,
  بليون: 1e9,
};

const UNIT =
  '(k|thousands?|m|mln|millions?|bn|b|billions?|الفا?|الافا?|الالاف|مليونا?|ملايين|الملايين|مليارا?|مليارات|بليون)';
const SUBJECT =
  '(?:users?|customers?|accounts?|people|patients?|records?|e-?mails?|messages?|passwords?|credentials?|victims?|devices?|computers?|machines?|pcs|servers?|phones?|websites?|sites|individuals|members?|clients|applicants|seekers|workers|pupils|households|travell?ers|employees?|citizens?|voters?|residents?|students?|passengers?|guests?|cards?|files|documents|identities|subscribers?|americans?|britons?|australians?|' +
  '(?:ال)?(?:مستخدم|مستخدما|مستخدمين|عميل|عملاء|زبون|زبائن|شخص|شخصا|اشخاص|حساب|حسابا|حسابات|رساله|رسائل|رسايل|بريد|سجل|سجلا|سجلات|كلمه|كلمات|ضحيه|ضحايا|جهاز|جهازا|اجهزه|حاسوب|كمبيوتر|خادم|هاتف|موقع|موقعا|مواقع|مواطن|مواطنا|مواطنين|موظف|موظفا|ملف|وثيقه|وثائق|بطاقه|بطاقات|مريض|مريضا|مرضي|مشترك|مشتركا|مشتركين|ناخب|ناخبا|ناخبين|طالب|طالبا|طلاب|مسافر|مسافرا|مسافرين|راكب|راكبا|ركاب|اجير|اجراء|عامل|عاملا|عمال|مقيم|مقيما))';

const NUMBER = '(\\d[\\d.,٫٬]*)';
const COUNTED = new RegExp(
  `${NUMBER}\\s?(?:${UNIT}(?![\\p{L}]))?\\s(?:\\S+\\s){0,3}?${SUBJECT}(?![\\p{L}])`,
  'gu',
);
const UNCOUNTED = new RegExp(
  `(tens|hundreds|عشرات|مئات|ميات) (?:of )?(thousands|millions|الالاف|الملايين)|(?<![\\p{L}])(millions|thousands|ملايين|الملايين|الاف|الالاف) (?:of |من )?(?:\\S+\\s){0,3}?${SUBJECT}(?![\\p{L}])`,
  'gu',
);
const MONEY = new RegExp(
  `(?:[$€£]|usd ?|us\\$)\\s?${NUMBER}\\s?(?:${UNIT}(?![\\p{L}]))?|${NUMBER}\\s?${UNIT}\\s(?:dollars?|euros?|pounds?|دولار|يورو|جنيه|ريال|درهم)`,
  'gu',
);

/** Money is a loss where its sentence says so: a budget, a fine, a purchase or a recovered sum is none. */
const LOSS =
  /\b(?:stole|stolen|steal|theft|thieves|los(?:e|es|t|ing|s|ses)\b|drain|siphon|heist|robbed|robbery|defraud|scammed|swindled|laundered|ransom\b|extort|demand(?:ed|ing)\b|damages?\b|costs?\b|costing|hit to)|(?:fraud|scam) (?:of|worth)|(?<!\p{L})(?:و|ف|ب|ل|لل|ال|بال|وال)?(?:سرق|يسرق|تسرق|مسروق|خسر|يخسر|تخسر|خساير|خساره|تكبد|كبد|اضرار|كلف|يكلف|استول|استيلا|اختلس|اختلاس|نهب|احتيال|فديه|ابتز)/u;

const SENTENCE_END = /[.!?؟؛](?=\s|$)/gu;

/** The sentence of `text` from `start` to `end`. */
function sentenceAround(text: string, start: number, end: number): string {
  const ends = Array.from(text.matchAll(SENTENCE_END), (match) => match.index);
  const before = ends.findLast((at) => at < start) ?? -1;
  const after = ends.find((at) => at >= end) ?? text.length;
  return text.slice(before + 1, after);
}

/** Reads the largest counts in text folded by `normaliseForMatching`. */
export function readScale(folded: string): Scale {
  let victims = 0;
  for (const [, number = '', unit] of folded.matchAll(COUNTED)) {
    const value = amountOf(number, unit);
    const isYear = unit === undefined && value >= 1990 && value <= 2100 && !number.includes(',');
    if (!isYear) victims = Math.max(victims, value);
  }
  for (const [, times, of, alone] of folded.matchAll(UNCOUNTED)) {
    victims = Math.max(victims, uncounted(times, of ?? alone ?? ''));
  }
  let dollars = 0;
  for (const { 0: money, index, 1: sign, 2: signUnit, 3: word, 4: wordUnit } of folded.matchAll(
    MONEY,
  )) {
    if (!LOSS.test(sentenceAround(folded, index, index + money.length))) continue;
    dollars = Math.max(dollars, amountOf(sign ?? word ?? '', signUnit ?? wordUnit));
  }
  return { victims, dollars };
}

function amountOf(number: string, unit: string | undefined): number {
  const plain = number
    .replace(/[.,٫٬]+$/u, '')
    .replace(/[,٬](?=\d{3})/gu, '')
    .replace(/[,٫]/gu, '.');
  const factor = unit === undefined ? 1 : (UNITS[unit] ?? UNITS[unit.replace(/ا$/u, '')] ?? 1);
  const value = Number(plain) * factor;
  return Number.isFinite(value) ? value : 0;
}

/** `tens of thousands` counts as its least. */
function uncounted(times: string | undefined, unit: string): number {
  const base = /mill|ملايين/u.test(unit) ? 1e6 : 1e3;
  if (times === undefined) return 2 * base;
  return (/^(?:tens|عشرات)$/u.test(times) ? 10 : 100) * base;
}
