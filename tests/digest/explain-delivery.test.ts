import { describe, expect, it } from 'vitest';
import { explainDelivery } from '../../src/digest/explain-delivery.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { makeNewSubscription } from '../store/rows.ts';
import { makeStory } from './make-story.ts';

const AT = new Date('2026-11-24T01:00:00Z');
const hours = (count: number) => new Date(AT.getTime() + count * 3_600_000);

function subscriptionWith(fields: Partial<Subscription>): Subscription {
  return {
    ...makeNewSubscription({ language: 'both', topics: [], sources: [] }),
    id: '1',
    createdAt: hours(-99),
    nextDueAt: hours(8),
    coveredUntil: hours(-1),
    paused: false,
    pauseReason: null,
    ...fields,
  };
}

const explain = (
  fields: Partial<Subscription>,
  delivered: 'sent' | 'pending' | 'failed' | 'counted' | null = null,
  { threshold = 0.5, isHeldUp = false } = {},
) =>
  explainDelivery(makeStory({ topics: ['ransomware'] }), subscriptionWith(fields), {
    threshold,
    delivered,
    isHeldUp,
  });

describe('why a story is in a channel', () => {
  it.each([
    ['next', {}],
    ['filtered', { topics: ['breach' as const] }],
    ['filtered', { paused: true, topics: ['breach' as const] }],
    ['paused', { paused: true }],
    ['old', { coveredUntil: hours(25) }],
    ['earlier', { coveredUntil: hours(1) }],
  ] as const)('is told as %s for %j', (verdict, fields) => {
    expect(explain(fields as Partial<Subscription>).verdict).toBe(verdict);
  });

  it('is what was done, whatever the filter says now', () => {
    expect(explain({ topics: ['breach'], paused: true }, 'sent').verdict).toBe('sent');
    expect(explain({}, 'counted').verdict).toBe('counted');
  });

  it('waits for a message to the channel that could not be sent yet, where it passes', () => {
    expect(explain({}, null, { isHeldUp: true }).verdict).toBe('held');
    expect(explain({ topics: ['breach'] }, null, { isHeldUp: true }).verdict).toBe('filtered');
    expect(explain({}, 'pending', { isHeldUp: true }).verdict).toBe('pending');
  });

  it('comes with every question of the filter, also those after the one that failed', () => {
    const { gates } = explain({ minSeverity: 'critical' }, null, { threshold: 0.99 });
    expect(gates.map(({ gate, passed }) => [gate, passed])).toEqual([
      ['score', false],
      ['language', true],
      ['topic', true],
      ['severity', false],
      ['source', true],
      ['keyword', true],
    ]);
  });
});
