import { messageOf } from '../domain/errors.ts';
import type { Database } from '../store/db.ts';
import { readWaitingWork, type WaitingStep, type WaitingWork } from '../store/waiting-work.ts';
import { withinDeadline } from './metrics-state.ts';

/** Something that keeps this process from its work: `code` is the same as long as it lasts, `text` one plain sentence. */
export interface Problem {
  code: string;
  text: string;
}

export interface ReadinessDeps {
  db: Database;
  /**
   * Null where this process has no bot; one that is not started stands by for another process's.
   * `pausedUntil`: sending is stopped, because Discord refused too many requests.
   */
  bot: { isStarted(): boolean; isConnected(): boolean; pausedUntil(): Date | null } | null;
  /** What the model said when it failed last; null when it has worked since, or was not needed yet. */
  modelError(): string | null;
  /** The steps that this process runs, each with its last round's error, or null. */
  failures(): Record<string, string | null>;
  now: Date;
}

/** Work that has waited longer than this is late, whatever its cause. */
const LATE_MINUTES: Record<WaitingStep, number> = {
  // An hourly RASID_POLL_CRON is no fault.
  poll: 75,
  analyse: 30,
  cluster: 30,
  compose: 10,
  deliver: 10,
};

const WAITING: Record<WaitingStep, { one: string; many: string }> = {
  poll: { one: 'feed is due and was not fetched', many: 'feeds are due and were not fetched' },
  analyse: { one: 'article waits for the model', many: 'articles wait for the model' },
  cluster: {
    one: 'article waits to be put into a story',
    many: 'articles wait to be put into stories',
  },
  compose: {
    one: 'digest is due and was not composed',
    many: 'digests are due and were not composed',
  },
  deliver: { one: 'message waits to be posted', many: 'messages wait to be posted' },
};

/** What stands between this process and its work; empty when it is ready. */
export async function checkReadiness(deps: ReadinessDeps): Promise<Problem[]> {
  const { failures, now } = deps;
  const database = await checkDatabase(deps.db, now);
  const modelError = deps.modelError();
  const model =
    modelError === null ? [] : [{ code: 'model', text: `the model does not work: ${modelError}` }];
  const steps = Object.entries(failures())
    .filter(([, error]) => error !== null && error !== modelError)
    .map(([step, error]) => ({ code: `step-${step}`, text: `the step "${step}" fails: ${error}` }));
  return [...database, ...model, ...checkDiscord(deps.bot), ...steps];
}

function checkDiscord(bot: ReadinessDeps['bot']): Problem[] {
  if (bot === null || !bot.isStarted()) return [];
  const pausedUntil = bot.pausedUntil();
  const paused = {
    code: 'discord-paused',
    text: `Discord has refused so many requests that nothing is sent before ${pausedUntil?.toISOString()}: else it blocks this address; see the log for what was refused`,
  };
  return [
    ...(bot.isConnected() ? [] : [{ code: 'discord', text: 'Discord is not connected' }]),
    ...(pausedUntil === null ? [] : [paused]),
  ];
}

async function checkDatabase(db: Database, now: Date): Promise<Problem[]> {
  try {
    const work = await withinDeadline(readWaitingWork(db, now));
    if (work === null) return [{ code: 'database', text: 'the database does not answer in time' }];
    return findLate(work, now);
  } catch (error) {
    return [{ code: 'database', text: `the database does not answer: ${messageOf(error)}` }];
  }
}

function findLate(work: Record<WaitingStep, WaitingWork>, now: Date): Problem[] {
  return (Object.keys(LATE_MINUTES) as WaitingStep[]).flatMap((step) => {
    const { count, oldest } = work[step];
    const isLate =
      oldest !== null && now.getTime() - oldest.getTime() > LATE_MINUTES[step] * 60_000;
    if (!isLate) return [];
    const what = WAITING[step][count === 1 ? 'one' : 'many'];
    const text = `${count} ${what}, the oldest since ${oldest.toISOString()}`;
    return [{ code: `late-${step}`, text }];
  });
}
