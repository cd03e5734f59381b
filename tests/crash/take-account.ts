import type { Database } from '../../src/store/db.ts';
import type { FakeMessage } from '../helpers/fake-discord/state.ts';

export interface Account {
  articles: number;
  messages: number;
  /** Articles that were served and are not stored, stories that a channel was not told, messages that are not in their channel. */
  lost: number;
  /** Articles stored twice, stories told twice in a channel, messages posted twice or by nobody. */
  doubled: number;
  /** Rows that are still on their way. */
  waiting: number;
  /** Wake-ups that nobody takes. */
  stuck: number;
}

/** Compares what was served with what is stored, and what is stored with what is in the channels. */
export async function takeAccount(
  db: Database,
  links: string[],
  posted: FakeMessage[],
): Promise<Account> {
  const stored = await db.query<{ url: string; copies: number }>(
    `SELECT canonical_url AS url, (SELECT count(*)::int FROM articles b WHERE b.item_id = a.item_id) AS copies FROM articles a`,
  );
  const urls = new Set(stored.map((row) => row.url));
  const [told] = await db.query<{ untold: number; twice: number; waiting: number; stuck: number }>(
    `SELECT
      (SELECT count(*)::int FROM stories s CROSS JOIN subscriptions u WHERE NOT EXISTS (
         SELECT FROM posted_stories p WHERE p.story_id = s.id AND p.subscription_id = u.id)) AS untold,
      (SELECT count(*)::int FROM (
         SELECT FROM outbox o CROSS JOIN jsonb_array_elements(o.digest -> 'stories') AS shown
         WHERE o.parent_id IS NULL GROUP BY o.subscription_id, shown ->> 'storyId' HAVING count(*) > 1) again) AS twice,
      (SELECT count(*)::int FROM articles WHERE state <> 'clustered')
        + (SELECT count(*)::int FROM outbox WHERE state = 'pending')
        + (SELECT count(*)::int FROM digests WHERE state <> 'sent') AS waiting,
      (SELECT count(*)::int FROM pgboss.job WHERE state IN ('created', 'retry') AND start_after < now() - interval '30 seconds') AS stuck`,
  );
  const outbox = await db.query<{ nonce: string; state: string }>(
    'SELECT nonce, state FROM outbox ORDER BY id',
  );
  const copies = new Map<string, number>();
  for (const { nonce } of posted) copies.set(String(nonce), (copies.get(String(nonce)) ?? 0) + 1);
  const known = new Set(outbox.map((row) => row.nonce));
  const missing = outbox.filter((row) => row.state !== 'pending' && !copies.has(row.nonce)).length;
  const extra = [...copies].map(([nonce, count]) => (known.has(nonce) ? count - 1 : count));
  const again = stored.filter((row) => row.copies > 1).length;
  return {
    articles: stored.length,
    messages: posted.length,
    lost: links.filter((link) => !urls.has(link)).length + (told?.untold ?? 0) + missing,
    doubled: again + (told?.twice ?? 0) + extra.reduce((sum, count) => sum + count, 0),
    waiting: told?.waiting ?? 0,
    stuck: told?.stuck ?? 0,
  };
}
