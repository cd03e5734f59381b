import { Counter, Histogram, type Registry } from 'prom-client';

/** Later than this after its time, a digest was late. */
const LATE_DIGEST_MS = 10 * 60_000;

/** What this process has done since it started: the pipeline and the bot tell it, Prometheus adds the processes up. */
export type Meters = ReturnType<typeof createMeters>;

/** Name, help, label and its values; each value is exported from 0 on, so that its first increase is seen too. */
const COUNTERS = {
  fetches: {
    name: 'rasid_fetches_total',
    help: 'Feeds fetched, by what became of it',
    label: 'outcome',
    values: ['fetched', 'not-modified', 'unreadable', 'busy', 'refused', 'gone', 'failed'],
  },
  stored: {
    name: 'rasid_articles_stored_total',
    help: 'Articles stored',
    label: 'change',
    values: ['new', 'changed'],
  },
  read: {
    name: 'rasid_articles_analysed_total',
    help: 'Articles that the model has read; set-aside ones it could not read, expired ones waited too long',
    label: 'result',
    values: ['cyber', 'other', 'set-aside', 'expired'],
  },
  clustered: {
    name: 'rasid_articles_clustered_total',
    help: 'Cyber articles that joined a story or began one',
    label: 'decision',
    values: ['joined', 'begun'],
  },
  digests: {
    name: 'rasid_digests_total',
    help: 'Digests composed, sent, and sent more than 10 minutes late (late ones are sent ones too)',
    label: 'state',
    values: ['composed', 'sent', 'late'],
  },
  messages: {
    name: 'rasid_messages_total',
    help: 'Tries to post a message, by outcome',
    label: 'outcome',
    values: ['sent', 'postponed', 'failed'],
  },
} as const;

type Value<Name extends keyof typeof COUNTERS> = (typeof COUNTERS)[Name]['values'][number];

export type FetchCount = Value<'fetches'>;

/** Seconds of one batch of up to 32 articles: from a few short ones to long ones on a slow machine. */
const ANALYSIS_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 60];

const SCORE_BUCKETS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1];

/** Registers what is counted in `registry`. */
export function createMeters(registry: Registry) {
  const count = createCounters(registry);
  const { requests, seconds, scores, divisions } = createInstruments(registry);
  return {
    fetched: (outcome: FetchCount) => count('fetches', outcome),
    stored({ inserted, updated }: { inserted: number; updated: number }) {
      count('stored', 'new', inserted);
      count('stored', 'changed', updated);
    },
    /** One batch, and the time that the model and the rules took for it. */
    analysed(
      read: { score: number; isCyber: boolean }[],
      batch: { seconds: number; setAside: number },
    ) {
      seconds.observe(batch.seconds);
      for (const { score, isCyber } of read) {
        scores.observe(score);
        count('read', isCyber ? 'cyber' : 'other');
      }
      count('read', 'set-aside', batch.setAside);
    },
    /** Given up unread. */
    expired: (articles: number) => count('read', 'expired', articles),
    clustered: (decision: Value<'clustered'>) => count('clustered', decision),
    storyDivided: () => divisions.inc(),
    composed: () => count('digests', 'composed'),
    /** The last message of a digest that was due at `dueAt` is in its channel. */
    digestSent(dueAt: Date, now: Date) {
      count('digests', 'sent');
      if (now.getTime() - dueAt.getTime() > LATE_DIGEST_MS) count('digests', 'late');
    },
    messageTried: (outcome: Value<'messages'>) => count('messages', outcome),
    /** `route` is a pattern without ids and tokens. */
    discordAnswered: (answer: { method: string; route: string; status: number }) =>
      requests.inc(answer),
  };
}

function createCounters(registry: Registry) {
  const made = new Map<string, Counter>();
  for (const [key, { name, help, label, values }] of Object.entries(COUNTERS)) {
    const counter = new Counter({ name, help, labelNames: [label], registers: [registry] });
    for (const value of values) counter.inc({ [label]: value }, 0);
    made.set(key, counter);
  }
  return <Key extends keyof typeof COUNTERS>(key: Key, value: Value<Key>, by = 1): void => {
    made.get(key)?.inc({ [COUNTERS[key].label]: value }, by);
  };
}

function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'rasid_discord_requests_total',
      help: 'Answers of the Discord API, by route and status',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    divisions: new Counter({
      name: 'rasid_stories_divided_total',
      help: 'Stories that later reports showed to be two',
      registers,
    }),
    seconds: new Histogram({
      name: 'rasid_analysis_seconds',
      help: 'Time of one batch in the model and the rules after it',
      buckets: ANALYSIS_BUCKETS,
      registers,
    }),
    scores: new Histogram({
      name: 'rasid_article_score',
      help: 'Cyber scores of the articles read',
      buckets: SCORE_BUCKETS,
      registers,
    }),
  };
}
