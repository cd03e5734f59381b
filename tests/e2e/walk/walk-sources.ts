import { expect, it } from 'vitest';
import { textOf } from '../../discord/text-of.ts';
import type { World } from './open-world.ts';
import { buttonIn, type Walker } from './walker.ts';

/** `/sources`: each subcommand, what is added and what cannot be. */
export function walkSources(walker: () => Walker, world: () => World): void {
  it('/sources list turns its pages, and health shows one of them', async () => {
    const { command, press, complete } = walker();
    const list = await command('sources list');
    await press(buttonIn(await press(buttonIn(list, 'sources', true)), 'sources'));
    for (const typed of ['Cyber', 'الأفق']) {
      const [choice] = await complete('sources health', 'source', typed);
      await command('sources health', { source: String(choice?.value) });
    }
    for (const source of ['refuses', 'closed', 'breaks', 'off', 'quiet-1']) {
      await command('sources health', { source });
    }
    const unknown = await command('sources health', { source: 'The Onion' });
    expect(textOf(unknown.message)).toMatch(/^⚠.*The Onion/);
  });

  it('/sources add shows what it found, adds it or not, and knows it the next time', async () => {
    const { command, press, someone } = walker();
    const { feeds } = world();
    const own = someone();
    const url = feeds.url('/site');
    const first = await command('sources add', { url }, own);
    const drop = buttonIn(first, 'drop-source');
    expect(textOf((await press(buttonIn(first, 'add-source'))).message)).toMatch(/^⚠/);
    expect(textOf((await press(drop, own)).message)).not.toMatch(/^⚠/);
    const second = await command('sources add', { url }, own);
    expect(textOf((await press(buttonIn(second, 'add-source'), own)).message)).toMatch(/^✅/);
    expect(textOf((await command('sources add', { url }, own)).message)).toMatch(/^⚠/);
    await command('sources list');
  });

  it('what was found is kept for an hour', async () => {
    const { command, press, someone } = walker();
    const own = someone();
    const { feeds, db } = world();
    feeds.setFeed('/late.xml', { body: LATE });
    const found = await command('sources add', { url: feeds.url('/late.xml') }, own);
    await db.query("UPDATE proposed_sources SET created_at = created_at - interval '2 hours'");
    const late = await press(buttonIn(found, 'add-source'), own);
    expect(textOf(late.message)).toContain('/sources add');
  });

  it.each([
    '/plain',
    '/refused',
    '/gone',
    '/busy',
    '/broken',
    '/huge',
    '/cut',
    'ftp://127.0.0.1/feed',
    'http://127.0.0.1:22/feed',
    'http://127.0.0.1:49151/feed',
    'http://',
  ])('/sources add %s says why there is nothing to add', async (given) => {
    const { command } = walker();
    const url = given.startsWith('/') ? world().feeds.url(given) : given;
    const { message } = await command('sources add', { url });
    expect(textOf(message)).toMatch(/^⚠/);
  });

  it('/sources remove completes this server’s own, removes one, and knows no other', async () => {
    const { command, complete } = walker();
    const [own] = await complete('sources remove', 'source', 'Port');
    await complete('sources remove', 'source', 'مرفأ');
    const removed = await command('sources remove', { source: String(own?.value) });
    expect(textOf(removed.message)).toMatch(/^🗑/);
    const again = await command('sources remove', { source: String(own?.value) });
    expect(textOf(again.message)).toMatch(/^⚠/);
  });

  it('a server may have 20 of its own, and is told so before anything is fetched', async () => {
    const { command, place } = walker();
    const { db, feeds } = world();
    await db.query(
      `INSERT INTO feeds (source_url, url, name, outlet, language, kind, topics, trust, full_text, enabled, guild_id, next_check_at, created_at)
       SELECT 'https://own.example/' || $1 || number, 'https://own.example/' || $1 || number, 'Own ' || number, 'Own', language, kind, topics, trust, full_text, true, $1,
         now() + interval '1 day', now()
       FROM generate_series(1, 20) AS number, (SELECT * FROM feeds WHERE guild_id IS NULL LIMIT 1) AS like_this`,
      [place.guildId],
    );
    const { message } = await command('sources add', { url: feeds.url('/site') });
    expect(textOf(message)).toContain('/sources remove');
    // Those that were never read among them.
    await command('sources list');
  });
}

const LATE =
  '<rss version="2.0"><channel><title>Late</title><item><title>One</title><link>https://late.example/1</link></item></channel></rss>';
