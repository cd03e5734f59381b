/** A line of news, and the runs in it that are read against its direction, as a reader of the line would name them. */
export interface MixedLine {
  what: string;
  line: string;
  foreign: string[];
}

const line = (what: string, text: string, ...foreign: string[]): MixedLine => ({
  what,
  line: text,
  foreign,
});

export const ARABIC_LINES: MixedLine[] = [
  line(
    'a product and its edition',
    'مايكروسوفت تطلق Windows 11 (24H2) للجميع',
    'Windows 11 (24H2)',
  ),
  line('a version', 'تحديث عاجل إلى الإصدار v2.1.3-beta+4 قبل الخميس', 'v2.1.3-beta+4'),
  line('a version of digits', 'الشركة توصي بالإصدار 9.4.2 لجميع العملاء', '9.4.2'),
  line('a price in English', 'المهاجمون طلبوا $4.5 million فدية من المستشفى', '$4.5 million'),
  line('a price in Arabic', 'خسائر تجاوزت 300 مليون دولار في أسبوع'),
  line('a price right after a name', 'عصابة LockBit 3.0 طلبت 25 مليون دولار', 'LockBit 3.0'),
  line(
    'a hash',
    'بصمة الملف d41d8cd98f00b204e9800998ecf8427e نشرت للعموم',
    'd41d8cd98f00b204e9800998ecf8427e',
  ),
  line('a CVE id at the beginning', 'CVE-2026-41873: ثغرة حرجة تستغل الآن', 'CVE-2026-41873'),
  line(
    'a CVE id in parentheses',
    'سد ثغرة في البوابة (CVE-2026-41873) بعد أسبوع',
    'CVE-2026-41873',
  ),
  line(
    'a CVE id and a product',
    'استغلال CVE-2026-1234 في Cisco IOS XE حول العالم',
    'CVE-2026-1234',
    'Cisco IOS XE',
  ),
  line('an @name', 'حساب @threat_intel نشر عينة من البيانات', '@threat_intel'),
  line(
    'an address of the web',
    'الإرشادات على https://cert.example/a-b?c=1&d=2 منذ الصباح',
    'https://cert.example/a-b?c=1&d=2',
  ),
  line(
    'an address of mail',
    'رسائل مصدرها security@bank.example تخدع العملاء',
    'security@bank.example',
  ),
  line(
    'a defanged domain',
    'النطاق evil[.]example[.]com يوزع البرنامج الخبيث',
    'evil[.]example[.]com',
  ),
  line('an IP address with a port', 'الخادم 203.0.113.45:8080 مكشوف منذ أشهر', '203.0.113.45:8080'),
  line('a name in guillemets', 'مجموعة «Grey Lantern» تتبنى الهجوم على المرفأ', 'Grey Lantern'),
  line('two names in guillemets', 'غرامة على «Google» و«Apple» في أوروبا', 'Google', 'Apple'),
  line('a name in quotes at the end', 'باحثون يسمون البرنامج "DuneLoader"', 'DuneLoader'),
  line('a range of hours', 'انقطاع الخدمة 08:00–09:30 بتوقيت الرياض', '08:00–09:30'),
  line('a range of years', 'حملة تجسس امتدت 2019–2026 دون كشف', '2019–2026'),
  line('a percentage', 'ارتفاع هجمات الفدية 60% مقارنة بالعام الماضي', '60%'),
  line('a negative percentage', 'تراجع المدفوعات -12.5% في الربع الثالث', '-12.5%'),
  line('languages of programs', 'ثغرات الذاكرة في C++ أخطر منها في C# بحسب الدراسة', 'C++', 'C#'),
  line(
    'a hyphenated name',
    'مجموعة Storm-0558 اخترقت بريد Exchange Online',
    'Storm-0558',
    'Exchange Online',
  ),
  line(
    'a company with a comma and a dot',
    'شركة Palo Alto Networks, Inc. تصدر تحديثا',
    'Palo Alto Networks, Inc.',
  ),
  line('a company with an ampersand', 'تسريب سجلات AT&T يطال ملايين العملاء', 'AT&T'),
  line('a Latin word at the beginning', 'Microsoft تحذر من هجمات على خوادم البريد', 'Microsoft'),
  line('a Latin word at the end', 'قراصنة يستغلون ثغرة في Outlook', 'Outlook'),
  line('a Latin word before the full stop', 'القراصنة استغلوا ثغرة في Outlook.', 'Outlook'),
  line('a question after a Latin word', 'هل اختُرقت خوادم Telegram؟', 'Telegram'),
  line(
    'three names in a list',
    'تعطل Google، Microsoft، Apple لساعات',
    'Google',
    'Microsoft',
    'Apple',
  ),
  line('an Arabic article on a Latin word', 'واجهة الـAPI مكشوفة على الإنترنت', 'API'),
  line('a size', 'سرقة 500 GB من وثائق الشحن', '500 GB'),
  line('an hour with its zone', 'يبدأ العرض الساعة 18:30 GMT مساء', '18:30 GMT'),
  line('a date', 'بدأ الهجوم في 2026-11-23 واستمر يومين', '2026-11-23'),
  line(
    'a name explained in parentheses',
    'برنامج Grey Lantern (الفانوس الرمادي) يشفر الخوادم',
    'Grey Lantern',
  ),
  line('a region in parentheses', 'انقطاع في AWS (us-east-1) يعطل مواقع', 'AWS (us-east-1)'),
  line(
    'markdown in a name',
    'ملف __init__.py و*setup* في الحزمة الخبيثة',
    '__init__.py',
    '*setup*',
  ),
  line(
    'two Latin names across a dash',
    'شراكة Cloudflare – Mandiant لصد الهجمات',
    'Cloudflare – Mandiant',
  ),
  line('a phone number', 'اتصالات من +1-202-555-0100 تنتحل صفة البنك', '+1-202-555-0100'),
];

export const ENGLISH_LINES: MixedLine[] = [
  line('an Arabic name', 'Hackers leak files of شركة النخيل in Riyadh', 'شركة النخيل'),
  line('an Arabic name at the beginning', 'الأفق agency says its site is back', 'الأفق'),
  line(
    'an Arabic name at the end',
    'Police seize the servers of الفانوس الرمادي',
    'الفانوس الرمادي',
  ),
  line(
    'an Arabic name in parentheses',
    'Grey Lantern (الفانوس الرمادي) claims 25 victims',
    'الفانوس الرمادي',
  ),
  line('an Arabic name in guillemets', 'The daily «صحيفة الضفة» was hacked', 'صحيفة الضفة'),
  line('an Arabic list', 'Sites of الأفق, الضفة, النبض went dark', 'الأفق', 'الضفة', 'النبض'),
];
