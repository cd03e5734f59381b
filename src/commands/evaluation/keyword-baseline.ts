import { normaliseForMatching } from '../../language/normalise-arabic.ts';

/** Thirty words of the trade, as a reader without a model would set a filter: the baseline that the model must beat. */
const KEYWORDS = [
  'hacker',
  'hackers',
  'hacking',
  'hacked',
  'cyberattack',
  'cyber',
  'cybersecurity',
  'ransomware',
  'malware',
  'phishing',
  'data breach',
  'vulnerability',
  'spyware',
  'botnet',
  'zero-day',
  'قراصنه',
  'قرصنه',
  'اختراق',
  'هاكرز',
  'سيبراني',
  'السيبراني',
  'هجوم الكتروني',
  'هجمات الكترونيه',
  'الامن الالكتروني',
  'فيروس',
  'برمجيات خبيثه',
  'برامج الفديه',
  'تصيد',
  'ثغره',
  'تجسس الكتروني',
];
const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:و|ب|ل|ال)?(?:${KEYWORDS.join('|')})(?![\\p{L}\\p{N}])`,
  'u',
);
const READ_CHARACTERS = 1_200;

export function keywordsSayCyber(title: string, text: string): boolean {
  return PATTERN.test(normaliseForMatching(`${title} ${text.slice(0, READ_CHARACTERS)}`));
}
