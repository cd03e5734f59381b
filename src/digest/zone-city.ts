/** Arabic names of the cities after which zones are named, where an Arabic reader would expect one. */
const ARABIC_CITIES: Record<string, string> = {
  'Africa/Algiers': 'الجزائر',
  'Africa/Cairo': 'القاهرة',
  'Africa/Casablanca': 'الدار البيضاء',
  'Africa/Djibouti': 'جيبوتي',
  'Africa/Khartoum': 'الخرطوم',
  'Africa/Mogadishu': 'مقديشو',
  'Africa/Nouakchott': 'نواكشوط',
  'Africa/Tripoli': 'طرابلس',
  'Africa/Tunis': 'تونس',
  'America/New_York': 'نيويورك',
  'Asia/Aden': 'عدن',
  'Asia/Amman': 'عمّان',
  'Asia/Baghdad': 'بغداد',
  'Asia/Bahrain': 'البحرين',
  'Asia/Beirut': 'بيروت',
  'Asia/Damascus': 'دمشق',
  'Asia/Dubai': 'دبي',
  'Asia/Gaza': 'غزة',
  'Asia/Hebron': 'الخليل',
  'Asia/Jerusalem': 'القدس',
  'Asia/Kuwait': 'الكويت',
  'Asia/Muscat': 'مسقط',
  'Asia/Qatar': 'قطر',
  'Asia/Riyadh': 'الرياض',
  'Europe/Berlin': 'برلين',
  'Europe/Istanbul': 'إسطنبول',
  'Europe/London': 'لندن',
  'Europe/Paris': 'باريس',
};

/** The city by which a reader knows a zone: `Riyadh` or `الرياض` for `Asia/Riyadh`, `UTC` for `UTC`. */
export function zoneCity(timezone: string, language: 'ar' | 'en'): string {
  const arabic = ARABIC_CITIES[timezone];
  if (language === 'ar' && arabic !== undefined) return arabic;
  const city = timezone.slice(timezone.lastIndexOf('/') + 1);
  return city.replaceAll('_', ' ');
}
