import type { Story } from '../../src/domain/story.ts';
import { makeStory } from '../digest/make-story.ts';

/** The morning of the pictures. */
export const MORNING = new Date('2026-11-24T05:00:00Z');

const hoursAgo = (hours: number) => new Date(MORNING.getTime() - hours * 3_600_000);

const ar = (outlet: string, hours: number, title: string, summary: string) => ({
  outlet,
  language: 'ar' as const,
  publishedAt: hoursAgo(hours),
  title,
  summary,
  url: 'https://ufuq.example/news/1',
});

const en = (outlet: string, hours: number, title: string, summary: string) => ({
  ...ar(outlet, hours, title, summary),
  language: 'en' as const,
  url: 'https://www.meridianwire.example/news/1',
});

/** News of the invented world of `examples/`, as the pipeline would have put it together. */
export const PICTURE_STORIES: Story[] = [
  {
    ...makeStory({
      id: '1',
      severity: 'critical',
      topics: ['ransomware', 'intrusion'],
      reports: [
        en(
          'Meridian Wire',
          6,
          'Ransomware halts container handling at Najma port',
          'The attackers encrypted booking and customs servers and demanded $12 million. A group calling itself Grey Lantern threatened to publish 400 GB of shipping documents.',
        ),
        ar(
          'وكالة الأفق',
          5,
          'هجوم إلكتروني يشل مرفأ النجمة ويوقف مئات الشاحنات',
          'شفر المهاجمون خوادم الحجز والجمارك وطلبوا فدية قدرها 12 مليون دولار. وهددت مجموعة Grey Lantern بنشر 400 غيغابايت من وثائق الشحن.',
        ),
        ar('المرصد التقني', 4, 'مرفأ النجمة تحت رحمة Grey Lantern', ''),
        en('Cyber Ledger', 3, 'Najma port attackers were inside for eleven days', ''),
        ar('الضفة', 3, 'شلل في مرفأ النجمة', ''),
      ],
      entities: { actors: [{ name: 'Grey Lantern', mentions: [] }] },
    }),
    firstPublishedAt: hoursAgo(6),
  },
  {
    ...makeStory({
      id: '2',
      severity: 'critical',
      topics: ['vulnerability'],
      reports: [
        ar(
          'المركز الوطني للاستجابة',
          11,
          'استغلال ثغرة يوم الصفر CVE-2026-41873 في بوابة Bastion Gate',
          'تتيح الثغرة (درجتها 9.8 من 10) تنفيذ أوامر على الجهاز من دون كلمة مرور. ويوصي المركز بالترقية فورا إلى الإصدار 9.4.2.',
        ),
        en(
          'Northern CERT',
          10,
          'Zero-day in Bastion Gate (CVE-2026-41873) exploited for a week',
          'The flaw, rated 9.8 of 10, lets attackers run commands without a password. Norvik Networks says to install version 9.4.2 at once.',
        ),
        en('Signal & Packet', 9, 'Patch Bastion Gate now', ''),
      ],
    }),
    firstPublishedAt: hoursAgo(11),
  },
  {
    ...makeStory({
      id: '3',
      severity: 'high',
      topics: ['breach'],
      reports: [
        en(
          'Techbrief',
          14,
          'Hackers steal records of 1.2 million patients at Rahma hospitals',
          'Medical reports, identity numbers and phone numbers were taken through a contractor that runs the appointment system.',
        ),
        ar(
          'أطلس اليوم',
          13,
          'سرقة سجلات 1.2 مليون مريض من مستشفيات الرحمة',
          'سُرقت تقارير طبية وأرقام هويات عبر شركة متعاقدة تدير نظام المواعيد، ثم عُرضت البيانات للبيع على منتدى إجرامي.',
        ),
      ],
    }),
    firstPublishedAt: hoursAgo(14),
  },
  {
    ...makeStory({
      id: '4',
      severity: 'medium',
      topics: ['fraud'],
      reports: [
        ar(
          'المرصد التقني',
          12,
          'رسائل مخالفات مرورية مزيفة تسرق بيانات البطاقات',
          'أُحصي 85 نطاقًا مزيفًا خلال أسبوعين، منها traffic-fines[.]example، وفقد 230 عميلًا ما بين 50 و4000 دولار.',
        ),
      ],
    }),
    firstPublishedAt: hoursAgo(12),
  },
  {
    ...makeStory({
      id: '5',
      severity: 'medium',
      topics: ['malware'],
      reports: [
        en(
          'Signal & Packet',
          8,
          'DuneLoader hides in an Android app for prayer times',
          'It draws fake screens over 40 banking apps and reads one-time codes from messages.',
        ),
      ],
    }),
    firstPublishedAt: hoursAgo(8),
  },
];
