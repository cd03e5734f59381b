import { messageOf } from '../domain/errors.ts';
import type { Database } from '../store/db.ts';
import { oldestPending } from '../store/outbox-store.ts';

/** A message that has waited longer than this is said: Discord, or the way there, needs a look. */
const LATE_MS = 15 * 60_000;

/** What stands between this process and its work, one plain sentence each; empty when it is ready. */
export async function checkReadiness(
  db: Database,
  bot: { isReady(): boolean } | null,
  now = new Date(),
): Promise<string[]> {
  const problems: string[] = [];
  if (bot && !bot.isReady()) problems.push('Discord is not connected');
  try {
    const oldest = await oldestPending(db);
    if (oldest && now.getTime() - oldest.getTime() > LATE_MS) {
      problems.push(`a digest has been waiting to be posted since ${oldest.toISOString()}`);
    }
  } catch (error) {
    problems.push(`the database does not answer: ${messageOf(error)}`);
  }
  return problems;
}
