import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSecrets } from '../../src/config.ts';
import { createRedactor } from '../../src/redact-secrets.ts';
import { type BotProcess, createBotHome, startRasid, waitUntil } from '../e2e/bot-process.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import {
  createFakeDiscord,
  type FakeDiscord,
} from '../helpers/fake-discord/create-fake-discord.ts';

const PLANTED = {
  discord: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.planted.discord-token-of-the-test',
  http: 'planted-http-token-of-the-test',
  password: 'planted-p%40ss%2Fword',
  interaction: 'planted-interaction-token',
};

/** Every way in which a planted secret could be written. */
const SECRETS = [
  ...Object.values(PLANTED),
  decodeURIComponent(PLANTED.password),
  Buffer.from(PLANTED.discord).toString('base64'),
  'discord-token-of-the-test',
  'http-token-of-the-test',
  'p@ss',
  'p%40ss',
];

function expectNoSecret(where: string, text: string): void {
  for (const secret of SECRETS)
    expect([where, secret, text.includes(secret)]).toEqual([where, secret, false]);
}

let discord: FakeDiscord;
let home: Awaited<ReturnType<typeof createBotHome>>;

beforeAll(async () => {
  discord = await createFakeDiscord();
  home = await createBotHome([{ url: 'http://127.0.0.1:1/gone', name: 'Gone', language: 'en' }]);
});

afterAll(async () => {
  await discord.close();
  await home.remove();
});

const environment = () => ({
  ...home.environment,
  RASID_LOG_LEVEL: 'trace',
  RASID_HTTP_TOKEN: PLANTED.http,
  DISCORD_TOKEN: PLANTED.discord,
  DISCORD_API_URL: discord.apiUrl,
});

async function run(args: string[], settings: Record<string, string>) {
  const rasid = startRasid(args, settings);
  rasid.child.stdin?.end();
  const code = await rasid.exited;
  return { code, output: rasid.stdout() + rasid.stderr() };
}

/** A Postgres that knows nobody: it asks for the password and refuses it, naming the user as Postgres does. */
async function createRefusingPostgres(): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      // AuthenticationCleartextPassword
      socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
      socket.once('data', () => {
        const fields =
          'SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "rasid"\0\0';
        const head = Buffer.from([0x45, 0, 0, 0, 0]);
        head.writeInt32BE(Buffer.byteLength(fields) + 4, 1);
        socket.end(Buffer.concat([head, Buffer.from(fields)]));
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a secret is not shown', () => {
  let database: TestDatabase;
  let databaseUrl: string;
  beforeAll(async () => {
    database = await openTestDatabase();
    const url = new URL(database.url);
    // The server of the tests lets its user in without asking for it.
    url.password = PLANTED.password;
    databaseUrl = url.href;
  });
  afterAll(() => database.close());

  it('when Discord refuses the token, with everything logged', async () => {
    const { code, output } = await run(['start'], { ...environment(), DATABASE_URL: databaseUrl });
    expect(output).toContain('DISCORD_TOKEN is not accepted');
    expectNoSecret('output', output);
    expect(code).toBe(2);
  });

  it('when the database refuses the password, or is not there', async () => {
    const postgres = await createRefusingPostgres();
    const { port } = postgres.address() as AddressInfo;
    for (const [where, reason] of [
      [`127.0.0.1:${port}`, /password authentication failed|28P01/],
      ['127.0.0.1:1', /ECONNREFUSED|not reach|refused/],
      ['planted-p%40ss%2Fword.invalid', /ENOTFOUND|EAI_AGAIN|not reach/],
    ] as const) {
      const DATABASE_URL = `postgres://rasid:${PLANTED.password}@${where}/rasid`;
      const { code, output } = await run(['start'], { ...environment(), DATABASE_URL });
      if (!where.includes('planted')) expect(output).toMatch(reason);
      expectNoSecret(where, output);
      expect(code).not.toBe(0);
    }
    postgres.close();
  });

  it('when a setting cannot be read', async () => {
    for (const settings of [
      { RASID_HTTP_TOKEN: 'planted http token-of-the-test' },
      { DATABASE_URL: `mysql://rasid:${PLANTED.password}@127.0.0.1/rasid` },
      { DATABASE_URL: `postgres://rasid:${PLANTED.password}@[::/rasid` },
      { RASID_HTTP_PORT: 'much' },
    ]) {
      const { code, output } = await run(['start'], { ...environment(), ...settings });
      expectNoSecret(JSON.stringify(Object.keys(settings)), output);
      expect(code).toBe(2);
    }
  });

  describe('while the bot runs, with everything logged', () => {
    let bot: BotProcess;
    let page: string;

    beforeAll(async () => {
      bot = startRasid(['start'], {
        ...environment(),
        DATABASE_URL: databaseUrl,
        DISCORD_TOKEN: discord.token,
      });
      await waitUntil('commands are registered', () => discord.commands().length > 0, { bot });
      page = /"address":"(http:[^"]+)"/.exec(bot.stderr())?.[1] ?? '';
    });
    afterAll(() => bot.end('SIGTERM'));

    it('on its pages, in its metrics, or to whoever guesses', async () => {
      for (const path of ['/', '/ready', '/metrics', '/health', '/no-such-page', '/%00']) {
        for (const token of [PLANTED.http, 'guess']) {
          const answer = await fetch(`${page}${path}`, {
            headers: { authorization: `Bearer ${token}`, 'x-forwarded-host': 'a' },
          });
          const shown = (await answer.text()) + JSON.stringify([...answer.headers]);
          expectNoSecret(`${path} by ${token}`, shown);
          expect(shown).not.toContain(discord.token);
        }
      }
    });

    it('when an interaction cannot be answered', async () => {
      const { dispatch } = discord.gateway;
      discord.gateway.dispatch = (type, data) =>
        dispatch(type, { ...data, token: PLANTED.interaction });
      const guildId = discord.addGuild();
      const asker = { guildId, channelId: discord.addChannel(guildId, 'news') };
      discord.sendCommand('help', {}, asker).catch(() => undefined);
      const said = 'an interaction could not be answered';
      await waitUntil(said, () => bot.stderr().includes(said), { bot });
      discord.gateway.dispatch = dispatch;
      expectNoSecret('log', bot.stderr());
    });

    it('in exports and lists', async () => {
      const file = join(home.dataDir, '..', 'feeds.opml');
      const settings = { ...environment(), DATABASE_URL: databaseUrl };
      const listed = await run(['feeds', 'list', '--json'], settings);
      const exported = await run(['opml', 'export', file], settings);
      expect([listed.code, exported.code]).toEqual([0, 0]);
      expectNoSecret('list', listed.output);
      expectNoSecret('export', exported.output + (await readFile(file, 'utf8')));
    });

    it('in an export of everything that people entered and the bot learned', async () => {
      const folder = join(home.folder, 'export');
      const { code, output } = await run(['export', folder], {
        ...environment(),
        DATABASE_URL: databaseUrl,
      });
      const names = await readdir(folder);
      const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      expect([code, names.includes('feeds.jsonl')]).toEqual([0, true]);
      expectNoSecret('export', output + files.join('\n'));
      expect(files.join('\n')).not.toContain(discord.token);
    });

    it('in the whole log', async () => {
      await bot.end('SIGTERM');
      const log = bot.stdout() + bot.stderr();
      expect(log).toContain('connected to Discord');
      expectNoSecret('log', log);
      expect(log).not.toContain(discord.token);
    });
  });
});

describe('a line for the operator', () => {
  const redact = createRedactor(
    listSecrets({
      DISCORD_TOKEN: PLANTED.discord,
      DATABASE_URL: 'postgres://rasid:pa%22ss%5Cw%40rd@db/rasid',
      RASID_HTTP_TOKEN: PLANTED.http,
    }),
  );

  it.each([
    [`Authorization: Bot ${PLANTED.discord}`, 'Authorization: Bot [secret]'],
    ['{"password":"pa\\"ss\\\\w@rd"}', '{"password":"[secret]"}'],
    [
      'connect to postgres://rasid:other@db:5432/rasid',
      'connect to postgres://rasid:[secret]@db:5432/rasid',
    ],
    ['postgres://rasid:pa%22ss%5Cw%40rd@db', 'postgres://rasid:[secret]@db'],
    [
      '/api/v10/interactions/123/aW50Z.x-_~/callback',
      '/api/v10/interactions/123/[secret]/callback',
    ],
    ['/webhooks/123/aW50Z/messages/@original', '/webhooks/123/[secret]/messages/@original'],
    ['GET http://127.0.0.1:8080/a@b took 3 ms', 'GET http://127.0.0.1:8080/a@b took 3 ms'],
  ])('%s is written as %s', (line, written) => {
    expect(redact(line)).toBe(written);
  });

  it('keeps its words where a password is one of them', () => {
    const short = createRedactor(listSecrets({ DATABASE_URL: 'postgres://rasid:rasid@db/rasid' }));
    expect(short('rasid: postgres://rasid:rasid@db/rasid')).toBe(
      'rasid: postgres://rasid:[secret]@db/rasid',
    );
  });
});
