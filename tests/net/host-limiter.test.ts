import { describe, expect, it } from 'vitest';
import { createHostLimiter } from '../../src/net/host-limiter.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns to speak to a host', () => {
  it('are given to two at once, the next when one ends, in the order they were asked for', async () => {
    const limiter = createHostLimiter({ maxPerHost: 2, delayMs: 0 });
    const order: string[] = [];
    const take = async (name: string) => {
      const end = await limiter.takeTurn('a.example');
      order.push(name);
      return end;
    };
    const [first, second, third, fourth] = ['1', '2', '3', '4'].map(take);
    await settled();
    expect(order).toEqual(['1', '2']);
    (await second)?.();
    (await third)?.();
    (await fourth)?.();
    (await first)?.();
    expect(order).toEqual(['1', '2', '3', '4']);
  });

  it('of one host do not wait for another', async () => {
    const limiter = createHostLimiter({ maxPerHost: 1, delayMs: 60_000 });
    await limiter.takeTurn('a.example');
    await limiter.takeTurn('b.example');
    const third = limiter.takeTurn('a.example').then(
      () => 'given',
      () => 'refused',
    );
    limiter.close(new Error('stop'));
    expect(await third).toBe('refused');
  });

  it('begin the given pause apart', async () => {
    const limiter = createHostLimiter({ maxPerHost: 9, delayMs: 30 });
    const begun: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const end = await limiter.takeTurn('a.example');
      begun.push(performance.now());
      end();
    }
    const [first = 0, second = 0, third = 0] = begun;
    // A pause may be longer on a busy machine, never shorter.
    expect(second - first).toBeGreaterThan(29);
    expect(third - second).toBeGreaterThan(29);
  });

  it('on this machine itself need no pause', async () => {
    const limiter = createHostLimiter({ maxPerHost: 1, delayMs: 3_600_000 });
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]']) {
      for (let turn = 0; turn < 3; turn++) (await limiter.takeTurn(host))();
    }
    await limiter.takeTurn('127.publisher.example');
    const second = limiter.takeTurn('127.publisher.example');
    limiter.close(new Error('still waiting'));
    await expect(second).rejects.toThrow('still waiting');
  });

  it('are no longer waited for once the request is called off', async () => {
    const limiter = createHostLimiter({ maxPerHost: 1, delayMs: 0 });
    const end = await limiter.takeTurn('a.example');
    const calledOff = new AbortController();
    const waiting = limiter.takeTurn('a.example', calledOff.signal);
    const next = limiter.takeTurn('a.example');
    calledOff.abort(new Error('no longer wanted'));
    await expect(waiting).rejects.toThrow('no longer wanted');
    await expect(limiter.takeTurn('a.example', calledOff.signal)).rejects.toThrow(
      'no longer wanted',
    );
    end();
    expect(await next).toBeTypeOf('function');
  });
});
