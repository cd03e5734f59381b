import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../src/feeds/parse-feed.ts';
import { detectLanguage } from '../../src/language/detect-language.ts';
import { readSharedRows } from './shared-rows.ts';

const HEADLINES: Record<string, string[]> = {
  ar: [
    'مايكروسوفت تطلق Windows 12',
    'CVE-2026-1234: ثغرة',
    'ثغرة في Chrome',
    'تحذير من CISA بشأن Ivanti Connect Secure VPN',
    'LockBit تعود',
    'iPhone 17 Pro Max: سعر ومواصفات',
    'د. محمد الحربي: الأمن السيبراني أولوية',
    'پوتين يزور بكين',
    'شركة گوگل تطلق خدمة',
    'كي بي إم جي تحذر من هجمات',
    'اختراق',
    'إيران تتهم إسرائيل',
    'دي ميستورا في دمشق',
    'سامسونج Galaxy S26 Ultra',
    'جربنا لكم هاتفين.. "Honor 9 Lite" و"Honor 7x"',
  ],
  en: [
    'Microsoft patches Exchange zero-day',
    'Sheikh محمد visits London',
    'Al Jazeera (الجزيرة) hacked, network says',
    'LockBit takedown',
    'Fortinet FortiOS SSL VPN RCE',
    'São Paulo airport hit by outage',
    'Le Monde hit by DDoS',
    'La Liga clubs sue Cloudflare',
    'Deutsche Bank probes leak',
    'Co-op digests £80m profit hit from cyber attack',
    'Beyoncé tour dates',
    'Salt Typhoon',
    'El Niño returns',
  ],
  other: [
    'حمله سایبری به بیمارستان',
    'پلیس دو هکر را دستگیر کرد',
    'ایران و عراق توافق کردند',
    'ہسپتال پر سائبر حملہ',
    'حکومت نے نیا قانون منظور کر لیا',
    'په روغتون سایبري برید',
    'هێرشی سایبەری بۆ سەر نەخۆشخانە',
    'دوختۇرخانىغا تور ھۇجۇمى',
    'Une fuite de données touche des millions de clients',
    'Piratage massif chez Free',
    'Hackerangriff legt Klinik lahm',
    'Roban datos de millones de clientes',
    'Vazamento de dados atinge banco',
    'Rubati i dati di milioni di clienti',
    'Hastaneye siber saldırı',
    'Serangan siber lumpuhkan rumah sakit',
    'Politie pakt twee hackers op',
    'Policja zatrzymała dwóch hakerów',
    'Кибератака на больницу',
    'Хакери атакували Microsoft',
    '黑客攻击医院',
    'হাসপাতালে সাইবার হামলা',
    'האקרים תקפו בית חולים',
    '',
    '🔥🔥🔥',
    '2026 – 100%',
    '٢٠٢٦',
    'x',
    'https://example.com/the-news',
  ],
};

describe('the language of a headline', () => {
  const cases = Object.entries(HEADLINES).flatMap(([language, lines]) =>
    lines.map((line): [string, string] => [language, line]),
  );

  it.each(cases)('is %s: %s', (language, headline) => {
    expect(detectLanguage(headline, '')).toBe(language);
  });

  it('yields to the article under it', () => {
    expect(
      detectLanguage('LockBit', 'أعلنت الشرطة الأوروبية تفكيك العصابة بعد تحقيق استمر عامين.'),
    ).toBe('ar');
    expect(
      detectLanguage(
        'OpenAI',
        'Le directeur a annoncé que les données des clients sont protégées.',
      ),
    ).toBe('other');
  });

  it('is found in a megabyte at once', () => {
    expect(detectLanguage('x'.repeat(1_000_000), 'كلمة '.repeat(200_000))).toBe('ar');
  });
});

it('at least 99.8% of the labelled articles are given their language', ({ skip }) => {
  const rows = readSharedRows();
  if (rows === null) return skip();
  const right = rows.filter((row) => detectLanguage(row.title, row.text) === row.language);
  expect(right.length / rows.length).toBeGreaterThanOrEqual(0.998);
});

const PUBLISHERS = join(import.meta.dirname, '../../../shared/feeds/publishers');

const OTHER_LANGUAGE = [
  'dw-ukrainian',
  'google-news-de',
  'mock-20minutos',
  'mock-as',
  'mock-elpais',
  'mock-eldiario',
  'nyt-chinese',
  'prothomalo',
  'spiegel-iso-8859-1',
  'tagesschau',
];
const ENGLISH = ['mehr-english', 'guardian', 'aljazeera-english', 'cisa', 'mock-nytimes', 'wired'];

it('items of publishers in other languages are other, and of English ones English, in 99 of 100', async ({
  skip,
}) => {
  if (!existsSync(PUBLISHERS)) {
    process.stderr.write('checks on ../shared/feeds were skipped: it is not there\n');
    return skip();
  }
  for (const [publishers, language] of [
    [OTHER_LANGUAGE, 'other'],
    [ENGLISH, 'en'],
  ] as const) {
    const found = (await Promise.all(publishers.map(detectPublisher))).flat();
    const right = found.filter((one) => one === language).length;
    expect(right / found.length, language).toBeGreaterThanOrEqual(0.99);
  }
});

async function detectPublisher(publisher: string) {
  const folder = join(PUBLISHERS, publisher);
  const feeds = await Promise.all(
    readdirSync(folder).map((file) =>
      parseFeed(readFileSync(join(folder, file)), {
        url: 'https://example.com/feed',
        now: new Date('2026-01-01T00:00:00Z'),
      }),
    ),
  );
  return feeds.flatMap((feed) =>
    feed.items.map((item) => detectLanguage(item.title, item.summary)),
  );
}
