import { expect, it } from 'vitest';
import { createRateLimiter } from '../../src/discord/rate-limiter.ts';

const NOW = new Date('2026-11-24T05:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const limits = { member: { burst: 3, perSecond: 0.5 }, guild: { burst: 5, perSecond: 1 } };

it('a member may ask a few times at once, then waits, and is told how long', () => {
  const { take } = createRateLimiter(limits);
  expect([1, 2, 3, 4].map(() => take('g', 'a', NOW))).toEqual([0, 0, 0, 2]);
  expect(take('g', 'a', later(1))).toBe(1);
  expect(take('g', 'a', later(2))).toBe(0);
  expect(take('g', 'a', later(3600))).toBe(0);
});

it('many members together do not use more than their server’s share, and no other server’s', () => {
  const { take } = createRateLimiter(limits);
  const waits = ['a', 'b', 'c', 'd', 'e', 'f'].map((user) => take('g', user, NOW));
  expect(waits).toEqual([0, 0, 0, 0, 0, 1]);
  expect(take('other', 'a', NOW)).toBe(0);
});

it('a clock that is set back gives nothing away', () => {
  const { take } = createRateLimiter(limits);
  for (let count = 0; count < 3; count += 1) take('g', 'a', NOW);
  expect(take('g', 'a', later(-3600))).toBe(2);
});

it('tens of thousands of members are held apart', () => {
  const { take } = createRateLimiter({ ...limits, guild: { burst: 1e6, perSecond: 1 } });
  for (let user = 0; user < 25_000; user += 1) expect(take('g', String(user), later(user))).toBe(0);
  for (let count = 0; count < 2; count += 1) take('g', '24999', later(25_000));
  expect(take('g', '24999', later(25_000))).toBeGreaterThan(0);
});
