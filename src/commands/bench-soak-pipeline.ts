import { createHash } from 'node:crypto';
import type { Encoder } from '../models/encoder.ts';
import { createHttpClient } from '../net/http-client.ts';
import { analyseDiscovered } from '../pipeline/analyse-discovered.ts';
import { applyRetention } from '../pipeline/apply-retention.ts';
import { assignStories } from '../pipeline/assign-stories.ts';
import { composeNextDigest } from '../pipeline/compose-digests.ts';
import { deliverNextMessage } from '../pipeline/deliver-messages.ts';
import { editNextMessage } from '../pipeline/edit-messages.ts';
import { pollDueFeeds } from '../pipeline/poll-feeds.ts';
import { createSearch } from '../search/create-search.ts';
import type { Database } from '../store/db.ts';
import { createQueue } from '../store/queue.ts';
import { readWaitingWork } from '../store/waiting-work.ts';
import { QUIET_LOG } from './bench-database.ts';

export const STAGES = [
  'poll',
  'analyse',
  'cluster',
  'compose',
  'deliver',
  'edit',
  'retain',
  'search',
  'scrape',
  // Not of the bot: a fixed piece of work, to tell a slower machine from a slower stage.
  'machine',
] as const;

type Stage = (typeof STAGES)[number];

const FIXED_WORK = Buffer.alloc(4 * 1_048_576);

/** What a stage has done since it was last asked: rows or calls, and the time that they took. */
export type StageTimes = Record<Stage, { done: number; ms: number }>;

/**
 * The bot's own steps on a clock that the bench sets, one after the other. Messages go to a channel that takes them at once and counts
 * how often it was given each.
 */
export function createSoakPipeline(o: {
  db: Database;
  encoder: Encoder;
  retentionDays: number;
  clock: () => Date;
}) {
  const { db, encoder, clock } = o;
  const http = createHttpClient({
    userAgent: 'Rasid bench',
    allowPrivateNetworks: true,
    hostDelayMs: 0,
    maxPerHost: 8,
  });
  const log = QUIET_LOG;
  const queue = createQueue(db);
  const search = createSearch({ db, encoder, clock });
  const deliveries = new Map<string, number>();
  const channel = {
    deliver: async ({ id }: { id: string }) => {
      deliveries.set(id, (deliveries.get(id) ?? 0) + 1);
      return { messageId: id };
    },
    edit: async () => undefined,
  };
  const deps = { db, queue, http, encoder, log, channel };
  const bounds = { minSeconds: 1_800, maxSeconds: 86_400 };
  // Invented attacks are told in the same words: the rule would make one story of them all. So for every other six hours each begins its own.
  const joining = encoder.heads.story;
  const telling = { ...joining, threshold: 1 };
  const ruleNow = () => (Math.floor(clock().getUTCHours() / 6) % 2 === 0 ? telling : joining);
  const threshold = encoder.heads.cyber.threshold;
  const question = { text: 'ransomware hospital', language: null, since: null, guildId: null };
  const steps: Record<Stage, () => Promise<number | boolean>> = {
    poll: async () => (await pollDueFeeds({ ...deps, bounds }, clock)).feeds,
    analyse: () => analyseDiscovered(deps, clock),
    cluster: () => assignStories({ ...deps, ...search, rule: ruleNow() }, clock),
    compose: () => composeNextDigest({ ...deps, threshold }, clock),
    deliver: () => deliverNextMessage(deps, clock),
    edit: () => editNextMessage(deps, clock),
    retain: () =>
      applyRetention({ ...deps, judgeClock: () => true, retentionDays: o.retentionDays }, clock),
    search: () => search.findStoryIds({ ...question, limit: 50 }).then(() => true),
    scrape: () => readWaitingWork(db, clock()).then(() => true),
    machine: async () => {
      createHash('sha256').update(FIXED_WORK).digest();
      await db.query('SELECT 1');
      return true;
    },
  };
  let times = emptyTimes();
  const once = async (stage: Stage) => {
    const started = performance.now();
    const done = Number(await steps[stage]());
    times[stage].done += done;
    times[stage].ms += performance.now() - started;
    return done;
  };

  return {
    once,
    /** Repeats a stage until nothing is left for it. */
    async drain(stage: Stage): Promise<void> {
      while ((await once(stage)) > 0);
    },
    takeTimes(): StageTimes {
      const taken = times;
      times = emptyTimes();
      return taken;
    },
    deliveredTwice: () => [...deliveries.values()].filter((count) => count > 1).length,
    delivered: () => deliveries.size,
    close: () => http.close(),
  };
}

function emptyTimes(): StageTimes {
  const entries = STAGES.map((stage) => [stage, { done: 0, ms: 0 }]);
  return Object.fromEntries(entries) as StageTimes;
}
