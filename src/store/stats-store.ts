import type { Vote } from '../domain/vote.ts';
import type { Queryable } from './db.ts';

/** How many votes of each kind a guild has cast since then. */
export async function countVotes(
  db: Queryable,
  guildId: string,
  since: Date,
): Promise<Record<Vote, number>> {
  const rows = await db.query<{ vote: Vote; count: number }>(
    'SELECT vote, count(*)::int AS count FROM votes WHERE guild_id = $1 AND voted_at >= $2 GROUP BY vote',
    [guildId, since],
  );
  const counts = { relevant: 0, 'not-for-us': 0, 'not-cyber': 0 };
  for (const { vote, count } of rows) counts[vote] = count;
  return counts;
}
