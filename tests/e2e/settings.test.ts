import { describe, expect, it } from 'vitest';
import { startRasid } from './bot-process.ts';

async function run(args: string[], environment: Record<string, string> = {}) {
  const process = startRasid(args, environment);
  process.child.stdin?.end();
  const code = await process.exited;
  return { code, stdout: process.stdout(), stderr: process.stderr() };
}

describe('an operator who made a mistake', () => {
  it.each([
    ['RASID_ROLE', 'boss', /RASID_ROLE is "boss": must be one of all, poller, analyst, bot, web/],
    [
      'RASID_HTTP_PORT',
      '99999',
      /RASID_HTTP_PORT is "99999": must be a whole number from 0 to 65535/,
    ],
    [
      'RASID_HTTP_PORT',
      'http',
      /RASID_HTTP_PORT is "http": must be a whole number from 0 to 65535/,
    ],
    ['RASID_ALLOW_PRIVATE_NETWORKS', 'maybe', /is "maybe": must be one of true, false, 1, 0/],
    ['RASID_POLL_CRON', 'often', /RASID_POLL_CRON is "often": must be a cron expression/],
    ['RASID_MIN_FEED_INTERVAL_SECONDS', '0', /RASID_MIN_FEED_INTERVAL_SECONDS is "0"/],
    [
      'DATABASE_URL',
      'mysql://root:hunter2@db/x',
      /DATABASE_URL is not usable: must be a postgres:\/\/ address/,
    ],
    ['RASID_MODEL', '/no/such/folder', /RASID_MODEL is "\/no\/such\/folder": no model in/],
  ])('in %s is told so in one line, with exit code 2', async (name, value, message) => {
    const { code, stdout, stderr } = await run(['start'], { [name]: value });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('hunter2');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('and asks for a command that does not exist gets exit code 2', async () => {
    expect((await run(['strat'])).code).toBe(2);
  });

  it('and reports a fault can say which version it is', async () => {
    expect(await run(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it('and names a catalogue that is not there is told its path and the setting', async () => {
    const { code, stderr } = await run(['once'], {
      RASID_FEEDS: 'no-such-feeds.json',
      RASID_DATA_DIR: './never-made',
    });
    expect(stderr).toMatch(/RASID_FEEDS.*no-such-feeds\.json/);
    expect(code).toBe(2);
  });
});
