import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analysis, DiscoveredArticle } from '../../src/domain/article.ts';
import { createStory } from '../../src/store/story-store.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeAnalysedArticles, NOW } from '../store/rows.ts';
import { openWatchedProcess, type WatchedProcess } from './watched-process.ts';

let database: TestDatabase;
let watched: WatchedProcess;

beforeAll(async () => {
  database = await openTestDatabase();
  watched = await openWatchedProcess({ databaseUrl: database.url });
});

afterAll(async () => {
  await watched.close();
  await database.close();
});

async function storeStory(
  article: Partial<DiscoveredArticle>,
  analysis: Partial<Analysis>,
): Promise<void> {
  const [id = ''] = await makeAnalysedArticles(database.db, [{ article, analysis }]);
  await database.db.transaction((tx) => createStory(tx, id, NOW));
  await database.db.query(`UPDATE articles SET state = 'clustered'`);
}

describe('/health', () => {
  it('says that the process lives, and nothing else', async () => {
    const answer = await watched.ask('/health');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok' });
  });
});

describe('the page', () => {
  const page = async () => (await watched.ask('/')).text();
  const column = (html: string, language: 'ar' | 'en') =>
    new RegExp(`<section lang="${language}" dir="(rtl|ltr)">(.*?)</section>`, 's').exec(html) ?? [];

  it('says in both languages that there is nothing, before the first story', async () => {
    const html = await page();
    expect(column(html, 'en')[2]).toContain('No cyber stories in the last 24 hours.');
    expect(column(html, 'ar')[2]).toContain('لا أخبار سيبرانية في آخر 24 ساعة.');
  });

  it('links to each column, which on a phone stand one below the other', async () => {
    const html = await page();
    for (const language of ['ar', 'en'] as const) {
      expect(html).toContain(`<a href="#${language}" lang="${language}"`);
      expect(column(html, language)[2]).toContain(`<h2 id="${language}">`);
    }
  });

  it('shows each story in the column of its language and in that direction', async () => {
    await storeStory(
      { title: 'Port authority hit by ransomware', outlet: 'BBC News' },
      { language: 'en', summary: { text: 'Cranes stand still.', sentences: [0] } },
    );
    await storeStory(
      { title: 'برنامج فدية يوقف مستشفى في عمان', outlet: 'الجزيرة' },
      { language: 'ar', summary: { text: 'تعطلت أنظمة المرضى.', sentences: [0] } },
    );
    const html = await page();
    const [, arabicDirection, arabic = ''] = column(html, 'ar');
    const [, englishDirection, english = ''] = column(html, 'en');
    expect([arabicDirection, englishDirection]).toEqual(['rtl', 'ltr']);
    expect(arabic).toContain('<h3 lang="ar" dir="rtl">');
    expect(arabic).toContain('برنامج فدية يوقف مستشفى في عمان');
    expect(arabic).toContain('الجزيرة');
    expect(arabic).not.toContain('Port authority');
    expect(english).toContain('<h3 lang="en" dir="ltr">');
    expect(english).toContain('Port authority hit by ransomware');
    expect(english).toContain('Cranes stand still.');
    expect(english).not.toContain('فدية');
  });

  it('forgets a story of the day before yesterday', async () => {
    watched.now = new Date(NOW.getTime() + 26 * 3_600_000);
    expect(column(await page(), 'en')[2]).toContain('No cyber stories in the last 24 hours.');
    watched.now = NOW;
  });

  it('shows markup in a title as text, and makes no link of an address that is not of the web', async () => {
    await storeStory(
      { title: '<script>alert(1)</script> "leak" at A&B', url: 'javascript:alert(1)' },
      { language: 'en' },
    );
    const html = await page();
    expect(html).not.toMatch(/<script|href="javascript/i);
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62; &#34;leak&#34; at A&#38;B');
  });
});

describe('an address that is not there', () => {
  it.each(['/favicon.ico', '/stories/1', '/metrics/', '/../package.json'])(
    '%s is 404',
    async (path) => {
      const answer = await watched.ask(path);
      expect(answer.status).toBe(404);
    },
  );
});
