import { expect, it } from 'vitest';
import { textOf, titlesOf } from '../../discord/text-of.ts';
import { NAMED_INCIDENT } from './open-world.ts';
import { buttonIn, type Walker } from './walker.ts';

const TYPED = { topic: ['rans', 'فدية'], source: ['Cyber', 'الأفق'] } as const;

/** What members look for: `/digest`, `/latest`, `/search`, `/story`, `/why`, `/stats`, `/help`. */
export function walkFind(walker: () => Walker): void {
  it.each([
    ...['6h', '24h', '3d', '7d'].map((since) => ['digest', { since }] as const),
    ...['ar', 'en', 'both'].flatMap((language) => [
      ['digest', { language }] as const,
      ['latest', { language }] as const,
      ['search', { query: 'ransomware', language }] as const,
    ]),
    ...['low', 'medium', 'high', 'critical'].flatMap((severity) => [
      ['digest', { severity }] as const,
      ['latest', { severity }] as const,
    ]),
    ['digest', { topic: 'ransomware,fraud' }],
    ['latest', { topic: 'برامج فدية' }],
    ['latest', { source: 'Cyber Ledger', topic: 'vulnerability' }],
    ...['24h', '7d', '30d', '1y'].map((since) => ['search', { query: 'ثغرة', since }] as const),
    ['search', { query: 'qzxv wvkq' }],
    ['stats', {}],
  ] as const)('/%s %j is answered', async (name, options) => {
    const { message, ephemeral } = await walker().command(name, options);
    expect(ephemeral).toBe(true);
    expect(textOf(message)).not.toMatch(/^⚠/);
  });

  it.each([
    ['digest', { topic: 'gossip' }],
    ['latest', { topic: 'نميمة' }],
    ['latest', { source: 'The Onion' }],
  ] as const)('/%s %j is refused and named back', async (name, options) => {
    const text = textOf((await walker().command(name, options)).message);
    expect(text).toMatch(/^⚠/);
    expect(text).toContain(Object.values(options)[0]);
  });

  it.each([
    ['digest', 'topic'],
    ['latest', 'topic'],
    ['latest', 'source'],
  ] as const)('/%s completes a %s in both scripts, after a comma as well', async (name, option) => {
    const { complete } = walker();
    for (const typed of TYPED[option]) {
      const found = await complete(name, option, typed);
      expect(found.length).toBeGreaterThan(0);
      const listed = await complete(name, option, `${found[0]?.value}, `);
      expect(listed[0]?.value).toMatch(/,/);
    }
  });

  it('/latest turns its pages for anybody, and opens a story', async () => {
    const { command, press } = walker();
    const first = await command('latest');
    const before = titlesOf(first.message);
    const second = await press(buttonIn(first, 'page', true));
    expect(second.updated).toBe(true);
    expect(titlesOf(second.message)).not.toEqual(before);
    await press(buttonIn(second, 'page'));
    const opened = await press(buttonIn(second, 'story'));
    expect(opened.updated).toBe(false);
    expect(
      textOf((await command('latest', { topic: 'ddos', severity: 'critical' })).message),
    ).toBeTruthy();
  });

  it('/search finds across languages, turns pages for its asker alone, and opens a story', async () => {
    const { command, press, someone } = walker();
    const own = someone();
    const query = { ar: 'ransomware attack on a port', en: 'هجوم فدية على ميناء' }[walker().frame];
    const first = await command('search', { query }, own);
    const next = buttonIn(first, 'found', true);
    const second = await press(next, own);
    expect(second.updated).toBe(true);
    expect(textOf((await press(next)).message)).toContain('/search');
    await press(buttonIn(second, 'story'));
  });

  it('/story opens by choice, by words and by link, in either script', async () => {
    const { command, complete } = walker();
    for (const typed of ['Bastion', 'مرفأ']) {
      const [choice] = await complete('story', 'story', typed);
      expect(choice?.name).toContain(typed);
      await complete('why', 'story', typed);
      await command('story', { story: String(choice?.value) });
      const words = textOf((await command('story', { story: typed })).message);
      expect(words).toMatch(/<t:\d+/);
    }
    const link = 'https://ufuq.example/news/port-najma-attack';
    expect(textOf((await command('story', { story: link })).message)).toContain(link);
    const named = textOf((await command('story', { story: NAMED_INCIDENT })).message);
    for (const name of ['Lazarus', 'WannaCry', 'Microsoft', 'CVE-2025-12345']) {
      expect(named).toContain(name);
    }
    for (const story of ['qzxv wvkq', 'https://nowhere.example/a', '999999']) {
      expect(textOf((await command('story', { story })).message)).toMatch(/^⚠/);
    }
  });

  it('/why explains a link, a story, what it does not know, and what is no link', async () => {
    const { command } = walker();
    const link = 'https://ufuq.example/news/port-najma-attack';
    expect(textOf((await command('why', { link })).message)).toMatch(/[01]\.\d\d/);
    await command('why', { story: 'Bastion' });
    await command('why', { link: 'https://nowhere.example/a' });
    expect(textOf((await command('why', { link: 'nonsense' })).message)).toMatch(/^⚠.*https:/);
    expect(textOf((await command('why')).message)).toMatch(/^⚠/);
  });

  it('/help leads to a draft and to the list for those who may change things', async () => {
    const { command, press } = walker();
    const help = await command('help');
    const draft = await press(buttonIn(help, 'begin'));
    expect(buttonIn(draft, 'confirm')).toBeTruthy();
    await press(buttonIn(await command('help'), 'list'));
    const member = await command('help', {}, { permissions: 0n });
    expect(() => buttonIn(member, 'begin')).toThrow();
  });
}
