import pino, { type Logger } from 'pino';
import { Registry } from 'prom-client';
import type { Config } from './config.ts';
import type { Outside } from './discord/command.ts';
import { createDiscordBot, type DiscordBot } from './discord/create-discord-bot.ts';
import { messageOf, UsageError } from './domain/errors.ts';
import { isKnownName } from './entities/known-names.ts';
import { canonicalUrl } from './extract/canonical-url.ts';
import { createEncoder, type Encoder } from './models/encoder.ts';
import type { Heads } from './models/heads.ts';
import { createHttpClient, type HttpClient } from './net/http-client.ts';
import { analyseDiscovered } from './pipeline/analyse-discovered.ts';
import { applyRetention } from './pipeline/apply-retention.ts';
import { assignStories } from './pipeline/assign-stories.ts';
import { composeNextDigest } from './pipeline/compose-digests.ts';
import { type DeliveryChannel, deliverSeveral } from './pipeline/deliver-messages.ts';
import { createDrain, type Step } from './pipeline/drain.ts';
import { editNextMessage } from './pipeline/edit-messages.ts';
import { findSource } from './pipeline/find-source.ts';
import { createClockJudge } from './pipeline/judge-clock.ts';
import { mendClock } from './pipeline/mend-clock.ts';
import { type PollResult, pollDueFeeds } from './pipeline/poll-feeds.ts';
import { readExploited } from './pipeline/read-exploited.ts';
import type { Drains } from './pipeline/scheduler.ts';
import { createRedactor } from './redact-secrets.ts';
import { createSearch, type Search } from './search/create-search.ts';
import { countArticles } from './store/article-store.ts';
import type { Database } from './store/db.ts';
import { countFeedsByStatus } from './store/feed-store.ts';
import { openDatabase } from './store/open-database.ts';
import { endPostponement } from './store/outbox-store.ts';
import { createQueue, type Queue } from './store/queue.ts';
import type { PassState } from './terminal/progress.ts';
import { createTerminalChannel } from './terminal/terminal-channel.ts';
import { createMeters, type Meters } from './web/metrics-meters.ts';

/** Named in every request, with a page that says what it is and how to reach its makers. */
export const USER_AGENT = 'Rasid/0.1 (+https://github.com/rasid-watch/rasid)';

/** Connections to the database; where digests are delivered, messages on their way may hold twelve. */
const CONNECTIONS = { all: 20, bot: 20, poller: 10, analyst: 10, web: 10 } as const;

/** What the terminal shows: data on stdout, everything else on stderr. */
export interface Terminal {
  write(text: string): void;
  width: number;
  colour: boolean;
}

export type Parts = Awaited<ReturnType<typeof openParts>>;

export function createLogger(config: Config): Logger {
  const hooks = { streamWrite: createRedactor(config.secrets) };
  return pino({ level: config.logLevel, hooks }, pino.destination({ dest: 2, sync: true }));
}

/**
 * Opens the database and builds every part that the role needs. Nothing is started yet: no poll, no connection to Discord, and the
 * model is loaded when the first article is read.
 */
export async function openParts(
  config: Config,
  options: { log: Logger; terminal: Terminal; clock: () => Date },
) {
  const { log, clock } = options;
  // First, because it may throw: nothing is open yet.
  const encoder = createEncoder({ model: config.model });
  const heads = requireHeads(encoder, config.model);
  const db = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    log: (message) => log.info(message),
    poolSize: CONNECTIONS[config.role],
  });
  const queue = createQueue(db, {
    onError: (error, step) =>
      log.error({ step, error: messageOf(error) }, 'wake-up failed; it is given again'),
  });
  const http = createHttpClient({
    userAgent: USER_AGENT,
    allowPrivateNetworks: config.allowPrivateNetworks,
  });
  const registry = new Registry();
  const meters = createMeters(registry);
  const search = createSearch({ db, encoder, clock });
  const bot = config.discord.token
    ? createDiscordBot({
        token: config.discord.token,
        apiUrl: config.discord.apiUrl,
        db,
        search,
        outside: askedByDiscord(http, clock),
        log,
        onAnswer: meters.discordAnswered,
        onConnected: () => void drains.hurry?.run(),
        clock,
        modelThreshold: heads.cyber.threshold,
      })
    : null;
  const channel: DeliveryChannel = bot ?? createTerminalChannel({ ...options.terminal, clock });
  const progress: PollResult = { feeds: 0, articles: 0 };
  const deps = { db, queue, http, encoder, heads, search, channel, bot, log, meters };
  const drains = createDrains(config, deps, { clock, progress });
  const readPassState = async (): Promise<PassState> => {
    const [feeds, articles] = await Promise.all([countFeedsByStatus(db), countArticles(db)]);
    return {
      feedsDone: progress.feeds,
      feeds,
      articlesRead: articles.analysed + articles.clustered,
      articlesWaiting: articles.discovered,
    };
  };
  const close = async () => {
    await bot?.stop();
    await queue.stop();
    await encoder.close();
    await http.close();
    await db.close();
  };
  return {
    config,
    log,
    db,
    queue,
    http,
    encoder,
    bot,
    drains,
    registry,
    readPassState,
    close,
  };
}

function askedByDiscord(http: HttpClient, clock: () => Date): Outside {
  return {
    canonicalUrl,
    isKnownName,
    findSource: (address) => findSource(http, address, clock()),
  };
}

/** @throws UsageError: a model of the hub gives vectors and nothing to decide by. */
function requireHeads(encoder: Encoder, model: string): Heads {
  if (encoder.heads) return encoder.heads;
  throw new UsageError(
    'bad-setting',
    `RASID_MODEL is "${model}": the bot needs a model with heads (docs/model-contract.md); this one serves only analyse --embedding`,
  );
}

const STEPS_OF_ROLE = {
  all: [
    'poll',
    'analyse',
    'cluster',
    'compose',
    'deliver',
    'edit',
    'hurry',
    'access',
    'exploited',
    'retain',
    'mend',
  ],
  poller: ['poll', 'exploited', 'mend'],
  analyst: ['analyse', 'cluster', 'retain', 'mend'],
  bot: ['compose', 'deliver', 'edit', 'hurry', 'access', 'mend'],
  web: [],
} as const;

interface StepDeps {
  db: Database;
  queue: Queue;
  http: HttpClient;
  encoder: Encoder;
  heads: Heads;
  search: Search;
  channel: DeliveryChannel;
  bot: DiscordBot | null;
  log: Logger;
  meters: Meters;
}

/** The steps of this process's role, each reading rows in one state and writing them in the next. */
function createDrains(
  config: Config,
  deps: StepDeps,
  { clock, progress }: { clock: () => Date; progress: PollResult },
): Drains {
  const { heads, log } = deps;
  const bounds = {
    minSeconds: config.minFeedIntervalSeconds,
    maxSeconds: config.maxFeedIntervalSeconds,
  };
  const judgeClock = createClockJudge(clock);
  const steps: Record<keyof Drains, Step> = {
    poll: async () => {
      await pollDueFeeds({ ...deps, bounds }, clock, (done) => Object.assign(progress, done));
      return false;
    },
    analyse: () => analyseDiscovered(deps, clock),
    cluster: () => assignStories({ ...deps, ...deps.search, rule: heads.story }, clock),
    compose: () => composeNextDigest({ ...deps, threshold: heads.cyber.threshold }, clock),
    // A bot that stands by, or that Discord has not let in yet, leaves messages to another or to later.
    deliver: async () => (deps.bot?.isReady() ?? true) && deliverSeveral(deps, clock),
    // A terminal's digests stay as they were written.
    edit: async () =>
      deps.bot?.isReady() === true && editNextMessage({ ...deps, channel: deps.bot }, clock),
    hurry: async () => {
      await endPostponement(deps.db, clock());
      return false;
    },
    access: async () => {
      await deps.bot?.checkAccess();
      return false;
    },
    mend: () => {
      deps.bot?.forgetRateLimits();
      return mendClock(deps, clock);
    },
    retain: () =>
      applyRetention({ ...deps, judgeClock, retentionDays: config.retentionDays }, clock),
    exploited: () => readExploited({ ...deps, exploitedUrl: config.exploitedUrl }, clock),
  };
  const names: readonly (keyof Drains)[] = STEPS_OF_ROLE[config.role];
  return Object.fromEntries(names.map((name) => [name, createDrain(name, steps[name], log)]));
}
