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
  '(?:users?|customers?|accounts?|people|patients?|records?|e-?mails?|messages?|passwords?|credentials?|victims?|devices?|computers?|machines?|pcs|servers?|phones?|websites?|sites|individuals|members?|employees?|citizens?|voters?|residents?|students?|passengers?|guests?|cards?|files|documents|identities|subscribers?|americans?|britons?|australians?|' +
  '(?:ال)?(?:مستخدم|مستخدما|مستخدمين|عميل|عملاء|زبون|زبائن|شخص|شخصا|اشخاص|حساب|حسابا|حسابات|رساله|رسائل|رسايل|بريد|سجل|سجلا|سجلات|كلمه|كلمات|ضحيه|ضحايا|جهاز|جهازا|اجهزه|حاسوب|كمبيوتر|خادم|هاتف|موقع|موقعا|مواقع|مواطن|مواطنا|مواطنين|موظف|موظفا|ملف|وثيقه|وثائق|بطاقه|بطاقات|مريض|مرضي|مشترك|ناخب))';

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
  for (const [, sign, signUnit, word, wordUnit] of folded.matchAll(MONEY)) {
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
