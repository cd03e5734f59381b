import { resolve } from 'node:path';
import { validate } from 'node-cron';
import { z } from 'zod';
import { UsageError } from './domain/errors.ts';

/** A whole number from `least` to `most`. */
const whole = (least: number, most: number, fallback: number) =>
  z
    .string()
    .refine((value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most, {
      message: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number)
    .default(fallback);

const seconds = (fallback: number) => whole(1, 604_800, fallback);

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const flag = oneOf(['true', 'false', '1', '0'])
  .default('false')
  .transform((value) => value === 'true' || value === '1');

const url = (protocols: RegExp, expected: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.test(new URL(value).protocol), {
    message: `must be ${expected}`,
  });

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every setting with its default. `.env.example` says what each is for. */
const settings = z.object({
  DISCORD_TOKEN: z.string().min(1).optional(),
  DISCORD_API_URL: url(/^https?:$/, 'an http(s) address').default('https://discord.com/api'),
  DATABASE_URL: url(/^postgres(ql)?:$/, 'a postgres:// address').optional(),
  RASID_DATA_DIR: z.string().min(1).default('./data'),
  RASID_ROLE: oneOf(['all', 'poller', 'analyst', 'bot', 'web']).default('all'),
  RASID_FEEDS: z.string().min(1).default('feeds.json'),
  RASID_MODEL: z.string().min(1).default('models'),
  RASID_EXPLOITED_CVES_URL: z
    .literal('off')
    .or(url(/^https?:$/, 'an http(s) address, or off'))
    .default('https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json'),
  RASID_POLL_CRON: z
    .string()
    .default('* * * * *')
    .refine((value) => validate(value), { message: 'must be a cron expression of 5 or 6 fields' }),
  RASID_MIN_FEED_INTERVAL_SECONDS: seconds(300),
  RASID_MAX_FEED_INTERVAL_SECONDS: seconds(86_400),
  RASID_RETENTION_DAYS: whole(30, 36_500, 180),
  RASID_ALLOW_PRIVATE_NETWORKS: flag,
  RASID_HTTP_PORT: whole(0, 65_535, 8080),
  RASID_HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  RASID_HTTP_TOKEN: z
    .string()
    .regex(/^[!-~]{16,}$/, 'must be 16 or more printable ASCII characters without spaces')
    .optional(),
  RASID_LOG_LEVEL: oneOf(LOG_LEVELS).optional(),
  NO_COLOR: z.string().optional(),
});

export interface Config {
  discord: { token: string | null; apiUrl: string };
  databaseUrl: string | null;
  /** Absolute. */
  dataDir: string;
  role: z.infer<typeof settings>['RASID_ROLE'];
  /** Absolute path of the source catalogue. */
  feedsFile: string;
  /** `models` (the shipped encoder), another folder, or a hub name. */
  model: string;
  /** CISA's list of known exploited vulnerabilities, read once a day; null when it is not to be read. */
  exploitedUrl: string | null;
  pollCron: string;
  minFeedIntervalSeconds: number;
  maxFeedIntervalSeconds: number;
  /** Days for which articles and messages are kept whole. */
  retentionDays: number;
  allowPrivateNetworks: boolean;
  /** `token` is asked of everyone who wants more than `/health`; null only where this machine alone can connect. */
  http: { host: string; port: number; token: string | null };
  logLevel: (typeof LOG_LEVELS)[number];
  /** What must never be shown: tokens, and the database's password. */
  secrets: string[];
  /** False when `NO_COLOR` is set (no-color.org). */
  colour: boolean;
}

/**
 * Reads the settings. An empty value counts as absent.
 * @throws UsageError naming the setting, what it was (never for secrets) and what it may be.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const result = settings.safeParse(present);
  if (!result.success) throw settingError(result.error, present);
  const read = result.data;
  if (read.RASID_MIN_FEED_INTERVAL_SECONDS > read.RASID_MAX_FEED_INTERVAL_SECONDS) {
    throw new UsageError(
      'bad-setting',
      `RASID_MIN_FEED_INTERVAL_SECONDS is ${read.RASID_MIN_FEED_INTERVAL_SECONDS}: must not exceed RASID_MAX_FEED_INTERVAL_SECONDS (${read.RASID_MAX_FEED_INTERVAL_SECONDS})`,
    );
  }
  return {
    discord: {
      token: read.DISCORD_TOKEN ?? null,
      apiUrl: read.DISCORD_API_URL.replace(/\/+$/, ''),
    },
    databaseUrl: read.DATABASE_URL ?? null,
    dataDir: resolve(read.RASID_DATA_DIR),
    role: read.RASID_ROLE,
    feedsFile: resolve(read.RASID_FEEDS),
    model: read.RASID_MODEL,
    exploitedUrl: read.RASID_EXPLOITED_CVES_URL === 'off' ? null : read.RASID_EXPLOITED_CVES_URL,
    pollCron: read.RASID_POLL_CRON,
    minFeedIntervalSeconds: read.RASID_MIN_FEED_INTERVAL_SECONDS,
    maxFeedIntervalSeconds: read.RASID_MAX_FEED_INTERVAL_SECONDS,
    retentionDays: read.RASID_RETENTION_DAYS,
    allowPrivateNetworks: read.RASID_ALLOW_PRIVATE_NETWORKS,
    http: {
      host: read.RASID_HTTP_HOST,
      port: read.RASID_HTTP_PORT,
      token: read.RASID_HTTP_TOKEN ?? null,
    },
    // Without a token the terminal is for the digests; only what needs a person is said beside them.
    logLevel: read.RASID_LOG_LEVEL ?? (read.DISCORD_TOKEN ? 'info' : 'warn'),
    secrets: listSecrets(environment),
    colour: read.NO_COLOR === undefined,
  };
}

const SECRET_SETTINGS = new Set(['DISCORD_TOKEN', 'DATABASE_URL', 'RASID_HTTP_TOKEN']);

/** The secrets among the settings, readable or not. */
export function listSecrets(
  environment: Record<string, string | undefined> = process.env,
): string[] {
  const { DATABASE_URL, DISCORD_TOKEN, RASID_HTTP_TOKEN } = environment;
  const password = /^[^:]+:\/\/[^:@/]*:([^@]*)@/.exec(DATABASE_URL ?? '')?.[1] ?? '';
  return [DISCORD_TOKEN, RASID_HTTP_TOKEN, password, decodePercent(password)].flatMap((secret) =>
    secret ? [secret] : [],
  );
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function settingError(error: z.ZodError, present: Record<string, string | undefined>): UsageError {
  const issue = error.issues[0];
  const name = String(issue?.path[0] ?? 'settings');
  const was = SECRET_SETTINGS.has(name) ? 'not usable' : `"${present[name]}"`;
  return new UsageError('bad-setting', `${name} is ${was}: ${issue?.message ?? 'invalid'}`);
}
