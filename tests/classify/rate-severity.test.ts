import { describe, expect, test } from 'vitest';
import { rateSeverity } from '../../src/classify/rate-severity.ts';
import type { Topic } from '../../src/domain/topic.ts';

function rate(text: string, topics: Topic[] = []) {
  return rateSeverity({
    title: '',
    text,
    isCyber: true,
    topics: topics.map((topic) => ({ topic, score: 0.9 })),
  });
}

describe('a reason is found in either language', () => {
  test.each([
    ['exploited-in-the-wild', 'The flaw is being actively exploited, the vendor warned.'],
    ['exploited-in-the-wild', 'The bug was exploited in the wild before the fix.'],
    ['exploited-in-the-wild', 'استغل المهاجمون الثغرة قبل صدور التحديث.'],
    ['exploited-in-the-wild', 'وقالت الشركة إن الثغرة مستغلة بالفعل.'],
    ['known-exploited', 'CISA added it to its Known Exploited Vulnerabilities catalog.'],
    ['zero-day', 'A zero-day in the browser was fixed.'],
    ['zero-day', 'أصلحت الشركة ثغرة يوم الصفر في المتصفح.'],
    ['critical-infrastructure', 'Attackers reached the control room of a power grid operator.'],
    ['critical-infrastructure', 'The breach hit three hospitals.'],
    ['critical-infrastructure', 'تعرضت شبكة الكهرباء لهجوم.'],
    ['critical-infrastructure', 'أصاب الهجوم أنظمة المستشفى.'],
    ['state-actor', 'Hackers linked to China read the messages.'],
    ['state-actor', 'Russian hackers targeted the ministry.'],
    ['state-actor', 'قراصنة روس اخترقوا البريد.'],
    ['state-actor', 'مجموعة مدعومة من إيران تقف وراء الحملة.'],
    ['ransomware', 'A ransomware gang published the files.'],
    ['ransomware', 'هجوم فدية على شركة.'],
    ['service-disrupted', 'The attack forced the airline to cancel flights.'],
    ['service-disrupted', 'أدى الهجوم إلى تعطل الخدمات في المدينة.'],
    ['government-target', 'E-mails of the State Department were read.'],
    ['government-target', 'حسابات وزارة الخارجية'],
    ['active', 'The outage is ongoing.'],
    ['active', 'لا يزال الهجوم مستمرا.'],
    ['critical-cvss', 'It has a CVSS score of 9.8.'],
    ['critical-cvss', 'rated CVSS v3.1: 10.0'],
    ['critical-cvss', 'بدرجة خطورة 9.8 من 10'],
    ['large-scale', 'Data of 2.5 million customers was taken.'],
    ['large-scale', 'بيانات 3 ملايين مستخدم'],
    ['large-scale', 'The records of 1,500,000 patients'],
    ['many-victims', 'They stole 60,000 e-mails.'],
    ['many-victims', 'عشرات الآلاف من رسائل البريد'],
    ['many-victims', '٦٠ ألف رسالة بريد إلكتروني'],
    ['large-loss', 'It cost the retailer £300 million.'],
    ['large-loss', 'خسائر قدرها 300 مليون دولار'],
    ['large-loss', 'Hackers stole about $1.5 billion from the exchange.'],
    ['large-loss', 'سرق قراصنة أكثر من 90 مليون دولار من المنصة.'],
    ['exploited-in-the-wild', 'الثغرة في خوادم شيربوينت تستغلها مجموعات صينية.'],
    ['exploited-in-the-wild', 'تحديث عاجل لثغرة استغلتها عصابة كلوب لسرقة البيانات.'],
    ['critical-cvss', 'أصدرت الشركة تحديثا لثغرة بدرجة ٩٫٨.'],
    ['large-scale', 'تسريب بيانات 1.5 مليون طالب في المغرب'],
    ['service-disrupted', 'The company extended the pause in production until October.'],
    ['service-disrupted', 'The attack has stopped online orders for three weeks.'],
    ['service-disrupted', 'وتعطلت أجهزة الصراف الآلي في البلاد.'],
    ['state-actor', 'مجموعة القرصنة المرتبطة بإسرائيل دمرت بيانات البنك.'],
  ])('%s: %s', (reason, text) => {
    expect(rate(text).reasons).toContain(reason);
  });
});

describe('what only looks like a reason is none', () => {
  test.each([
    ['exploited-in-the-wild', 'There is no evidence that the flaw was exploited in the wild.'],
    ['exploited-in-the-wild', 'لا يوجد دليل على استغلال الثغرة: لم يستغلها المهاجمون.'],
    ['critical-cvss', 'It has a CVSS v3.1 score of 5.4.'],
    ['critical-cvss', 'The share rose 9.8% after the news.'],
    ['large-scale', 'In 2025 users were warned.'],
    ['state-actor', 'The Chinese restaurant was burgled.'],
    ['critical-infrastructure', 'They broke the CI/CD pipeline of a game maker.'],
    ['large-loss', 'The government will put £210 million into cyber defences.'],
    ['large-loss', 'The company is to buy its rival for $25bn. The rival lost a court case.'],
    ['large-loss', 'The regulator fined the app €530 million.'],
    ['large-loss', 'بلغ الإنفاق على الأمن السيبراني 15.2 مليار ريال.'],
    ['large-loss', 'أسفرت العملية عن استعادة 97 مليون دولار.'],
    ['state-actor', 'استهدف القراصنة سفنا مرتبطة بإسرائيل.'],
    ['state-actor', 'Israel-based security firm Example found the flaw.'],
  ])('%s: %s', (reason, text) => {
    expect(rate(text).reasons).not.toContain(reason);
  });
});

test('what the title denies leaves the text as it is', () => {
  const { reasons } = rateSeverity({
    title: 'No evidence of data theft, says hospital',
    text: 'The ransomware attack shut down its systems.',
    isCyber: true,
    topics: [],
  });
  expect(reasons).toEqual(expect.arrayContaining(['ransomware', 'service-disrupted']));
});

describe('the level', () => {
  test('of a flaw used in attacks by a state is critical', () => {
    const text = 'Hackers linked to China are exploiting the zero-day; it is actively exploited.';
    expect(rate(text, ['vulnerability']).level).toBe('critical');
  });

  test('of a breach without more is low, and of one with many victims medium', () => {
    expect(rate('A shop lost data.', ['breach']).level).toBe('low');
    expect(rate('A shop lost data of 20,000 customers.', ['breach']).level).toBe('medium');
  });

  test('of a law about hospitals and pipelines is medium at most, and says why', () => {
    const text =
      'The law covers critical infrastructure and government agencies, and state-sponsored attacks.';
    expect(rate(text, ['policy'])).toEqual({
      level: 'medium',
      reasons: ['critical-infrastructure', 'state-actor', 'government-target', 'no-incident'],
    });
  });

  test('of what is no cyber story is low without a reason', () => {
    const article = { title: '', text: 'The power grid failed; 2 million people.', topics: [] };
    expect(rateSeverity({ ...article, isCyber: false })).toEqual({ level: 'low', reasons: [] });
  });

  test('is not moved by background far down', () => {
    const text = `A shop lost data. ${'It sells shoes. '.repeat(200)}In 2017 ransomware hit hospitals.`;
    expect(rate(text, ['breach'])).toEqual({ level: 'low', reasons: [] });
  });
});
