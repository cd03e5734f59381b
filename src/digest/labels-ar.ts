import type { DigestLabels } from './labels.ts';
import { pluralArabic } from './plural.ts';

const STORIES = {
  zero: 'لا أخبار',
  one: 'خبر واحد',
  two: 'خبران',
  few: '# أخبار',
  many: '# خبرًا',
  other: '# خبر',
};

const CRITICAL = {
  zero: 'لا حرج منها',
  one: 'واحد حرج',
  two: 'اثنان حرجان',
  few: '# حرجة',
  many: '# حرجًا',
  other: '# حرج',
};

const ARTICLES = {
  zero: 'لا مقالات',
  one: 'مقال واحد',
  two: 'مقالان',
  few: '# مقالات',
  many: '# مقالًا',
  other: '# مقال',
};

/** After «من», so in the genitive. */
const FROM_SOURCES = {
  zero: 'من دون مصادر',
  one: 'من مصدر واحد',
  two: 'من مصدرين',
  few: 'من # مصادر',
  many: 'من # مصدرًا',
  other: 'من # مصدر',
};

const UPDATED = {
  zero: '',
  one: 'حُدّث مرة',
  two: 'حُدّث مرتين',
  few: 'حُدّث # مرات',
  many: 'حُدّث # مرة',
  other: 'حُدّث # مرة',
};

const SOURCES = {
  zero: 'لا مصادر',
  one: 'مصدر واحد',
  two: 'مصدران',
  few: '# مصادر',
  many: '# مصدرًا',
  other: '# مصدر',
};

const MORE_OUTLETS = {
  zero: '',
  one: ' ومصدر آخر',
  two: ' ومصدران آخران',
  few: ' و# مصادر أخرى',
  many: ' و# مصدرًا آخر',
  other: ' و# مصدر آخر',
};

const MORE_STORIES = {
  zero: '',
  one: 'وخبر آخر',
  two: 'وخبران آخران',
  few: 'و# أخبار أخرى',
  many: 'و# خبرًا آخر',
  other: 'و# خبر آخر',
};

export const arabicLabels: DigestLabels = {
  title: 'موجز الأمن السيبراني',
  severity: { low: 'منخفض', medium: 'متوسط', high: 'مرتفع', critical: 'حرج' },
  topic: {
    breach: 'تسريب بيانات',
    intrusion: 'اختراق',
    ransomware: 'برامج فدية',
    vulnerability: 'ثغرة',
    malware: 'برمجيات خبيثة',
    espionage: 'تجسس',
    fraud: 'احتيال',
    ddos: 'حجب الخدمة',
    'supply-chain': 'سلسلة التوريد',
    policy: 'سياسات وتشريعات',
    arrest: 'توقيف',
    outage: 'انقطاع خدمة',
    'ai-security': 'أمن الذكاء الاصطناعي',
    advisory: 'تنبيه أمني',
  },
  inLanguage: { ar: 'بالعربية', en: 'بالإنجليزية', other: 'بلغة أخرى' },
  stories: (count) => pluralArabic(count, STORIES),
  critical: (count) => pluralArabic(count, CRITICAL),
  articlesFromSources: (articles, sources) =>
    `${pluralArabic(articles, ARTICLES)} ${pluralArabic(sources, FROM_SOURCES)}`,
  moreOutlets: (count) => pluralArabic(count, MORE_OUTLETS),
  moreStories: (count) => pluralArabic(count, MORE_STORIES),
  firstReported: (age) => `أول خبر ${age}`,
  comma: '، ',
  updated: (count) => pluralArabic(count, UPDATED),
  sources: (count) => pluralArabic(count, SOURCES),
  sourceFailing: (outlet, since) => `تعذّرت قراءة ${outlet} منذ ${since}.`,
  development: 'جديد في هذا الخبر',
  roseTo: (level) => `صار الآن: ${level}`,
  nothing: 'لا جديد يستحق الذكر.',
};
