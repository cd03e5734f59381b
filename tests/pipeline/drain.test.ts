import { describe, expect, it } from 'vitest';
import { createDrain } from '../../src/pipeline/drain.ts';

function listen() {
  const lines: string[] = [];
  const note = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  const log = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
  return { lines, log };
}

describe('a step', () => {
  it('is repeated until nothing is left', async () => {
    let left = 3;
    const drain = createDrain('read', async () => left-- > 0, listen().log);
    await drain.run();
    expect(left).toBe(-1);
  });

  it('called while it runs makes one more round, not a second run', async () => {
    let running = 0;
    let rounds = 0;
    const most: number[] = [];
    const step = async () => {
      running += 1;
      most.push(running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      rounds += 1;
      return false;
    };
    const drain = createDrain('read', step, listen().log);
    await Promise.all([drain.run(), drain.run(), drain.run()]);
    expect(rounds).toBe(2);
    expect(Math.max(...most)).toBe(1);
  });

  it('that fails says so once, says when the reason changes, and once that it works again', async () => {
    const { lines, log } = listen();
    let reason: string | null = 'disk full';
    const step = async () => {
      if (reason !== null) throw new Error(reason);
      return false;
    };
    const drain = createDrain('read', step, log);
    expect(drain.lastError()).toBeNull();
    await drain.run();
    await drain.run();
    expect(drain.lastError()).toBe('disk full');
    reason = 'no connection';
    await drain.run();
    reason = null;
    await drain.run();
    await drain.run();
    expect(drain.lastError()).toBeNull();
    expect(lines.filter((line) => !line.startsWith('debug'))).toEqual([
      'error step failed; its rows wait for the next round {"step":"read","error":"disk full"}',
      'error step failed; its rows wait for the next round {"step":"read","error":"no connection"}',
      'info step works again {"step":"read"}',
    ]);
  });

  it('that was stopped finishes its round and does no other', async () => {
    let rounds = 0;
    const step = async () => {
      rounds += 1;
      return rounds < 100;
    };
    const drain = createDrain('read', step, listen().log);
    const running = drain.run();
    await drain.stop();
    await running;
    await drain.run();
    expect(rounds).toBe(1);
  });
});
