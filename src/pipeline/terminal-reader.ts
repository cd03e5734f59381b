import type { NewSubscription, Subscription } from '../domain/subscription.ts';
import type { Database } from '../store/db.ts';
import {
  createSubscription,
  listSubscriptions,
  pauseSubscription,
  resumeSubscription,
} from '../store/subscription-store.ts';

/** The "server" whose two "channels", `ar` and `en`, are this terminal: the same digests by the same path. */
const TERMINAL_GUILD = 'terminal';

/** A first digest looks this far back. */
const FIRST_WINDOW_MS = 24 * 3_600_000;

const WITH_TOKEN = 'digests go to Discord';

/** Makes the terminal's two subscriptions due now, creating them at the first start. */
export async function subscribeTerminal(
  db: Database,
  options: { now: Date; timezone: string },
): Promise<void> {
  const existing = await listSubscriptions(db, TERMINAL_GUILD);
  for (const language of ['ar', 'en'] as const) {
    const known = existing.find((subscription) => subscription.channelId === language);
    const covered = known?.coveredUntil ?? new Date(options.now.getTime() - FIRST_WINDOW_MS);
    const due = { nextDueAt: options.now, coveredUntil: covered };
    if (known) await resumeSubscription(db, known.id, due);
    else
      await createSubscription(db, terminalSubscription(language, options.timezone), {
        ...due,
        now: options.now,
      });
  }
}

/** With a token the terminal stays quiet. */
export async function pauseTerminal(db: Database): Promise<void> {
  const existing = await listSubscriptions(db, TERMINAL_GUILD);
  const active = existing.filter((subscription: Subscription) => !subscription.paused);
  for (const subscription of active) await pauseSubscription(db, subscription.id, WITH_TOKEN);
}

function terminalSubscription(language: 'ar' | 'en', timezone: string): NewSubscription {
  return {
    guildId: TERMINAL_GUILD,
    channelId: language,
    createdBy: TERMINAL_GUILD,
    schedule: 'hourly',
    atMinutes: 0,
    weekday: 1,
    timezone,
    roleId: null,
    roleMinSeverity: 'low',
    follow: false,
    language,
    topics: [],
    minSeverity: 'low',
    sources: [],
    keyword: null,
  };
}
