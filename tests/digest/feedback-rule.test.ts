import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALWAYS_PASSES,
  type CastVote,
  MAX_SHIFT,
  MIN_VOTERS,
  NO_FEEDBACK,
  storyThreshold,
  weighFeedback,
} from '../../src/digest/feedback-rule.ts';
import { TOPICS, type Topic } from '../../src/domain/topic.ts';
import { VOTES, type Vote } from '../../src/domain/vote.ts';

const NOW = new Date('2026-11-24T08:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 3_600_000);

function cast(userId: string, vote: Vote, parts: Partial<CastVote> = {}): CastVote {
  return {
    userId,
    vote,
    topics: ['ransomware'],
    votedAt: NOW,
    accountCreatedAt: daysAgo(400),
    memberSince: daysAgo(100),
    ...parts,
  };
}

const members = (count: number, vote: Vote, parts: Partial<CastVote> = {}) =>
  Array.from({ length: count }, (_, index) => cast(`member-${index}`, vote, parts));

const ransomware = [{ topic: 'ransomware' as Topic, score: 0.9 }];

describe('what members say of stories', () => {
  it('makes a topic weigh less when three of them say that it is not for them', () => {
    const feedback = weighFeedback(members(3, 'not-for-us'));
    expect(feedback).toMatchObject({
      thresholdShift: 0,
      topicWeights: { ransomware: 0.75 },
      voters: 3,
    });
    expect(storyThreshold(ransomware, 0.5, feedback)).toBeCloseTo(0.667, 3);
    expect(storyThreshold([{ topic: 'ddos', score: 1 }], 0.5, feedback)).toBe(0.5);
  });

  it('raises the threshold when they say that stories are not about security, and lowers it when they are relevant', () => {
    expect(weighFeedback(members(3, 'not-cyber')).thresholdShift).toBeCloseTo(0.075);
    expect(weighFeedback(members(6, 'relevant')).thresholdShift).toBeCloseTo(-0.1);
    expect(weighFeedback(members(6, 'relevant')).topicWeights.ransomware).toBeCloseTo(1.333, 2);
  });

  it('lets a story through for the topic that is liked best', () => {
    const votes = [...members(4, 'not-for-us'), ...members(4, 'relevant', { topics: ['breach'] })];
    const both = [...ransomware, { topic: 'breach' as Topic, score: 0.6 }];
    expect(storyThreshold(both, 0.5, weighFeedback(votes))).toBeLessThan(0.5);
  });
});

const anyVote = fc.record({
  userId: fc.integer({ min: 1, max: 40 }).map(String),
  vote: fc.constantFrom(...VOTES),
  topics: fc.uniqueArray(fc.constantFrom(...TOPICS), { maxLength: 3 }),
  votedAt: fc.constant(NOW),
  accountCreatedAt: fc.integer({ min: 0, max: 900 }).map(daysAgo),
  memberSince: fc.option(fc.integer({ min: 0, max: 900 }).map(daysAgo)),
});
const anyVotes = fc.array(anyVote, { maxLength: 120 });

describe('nobody can silence a topic with votes', () => {
  it('not one member, nor two, however often they vote', () => {
    fc.assert(
      fc.property(anyVotes, (votes) => {
        const few = votes.map((vote) => ({
          ...vote,
          userId: String(Number(vote.userId) % (MIN_VOTERS - 1)),
        }));
        const { thresholdShift, topicWeights } = weighFeedback(few);
        expect({ thresholdShift, topicWeights }).toEqual({ thresholdShift: 0, topicWeights: {} });
      }),
    );
  });

  it('not a raid of a thousand new accounts, nor of a thousand that have just joined', () => {
    const raid = [
      ...members(1000, 'not-cyber', { accountCreatedAt: daysAgo(29) }),
      ...members(1000, 'not-for-us', { memberSince: daysAgo(6) }),
      ...members(1000, 'not-for-us', { memberSince: null }),
    ];
    expect(weighFeedback(raid)).toEqual({ ...NO_FEEDBACK, untrusted: 1000 });
    const own = members(4, 'relevant').map((vote) => ({ ...vote, userId: `own-${vote.userId}` }));
    const { untrusted: _, ...alone } = weighFeedback(own);
    expect(weighFeedback([...own, ...raid])).toMatchObject(alone);
  });

  it('no votes at all move the rule beyond its bounds', () => {
    fc.assert(
      fc.property(anyVotes, fc.double({ min: 0, max: 1, noNaN: true }), (votes, base) => {
        const feedback = weighFeedback(votes);
        expect(Math.abs(feedback.thresholdShift)).toBeLessThanOrEqual(MAX_SHIFT);
        for (const topic of TOPICS) {
          const weight = feedback.topicWeights[topic] ?? 1;
          expect(weight).toBeGreaterThanOrEqual(0.5);
          expect(weight).toBeLessThanOrEqual(1.5);
          const threshold = storyThreshold([{ topic, score: 1 }], base, feedback);
          expect(threshold).toBeLessThanOrEqual(Math.max(base, ALWAYS_PASSES));
          expect(threshold).toBeGreaterThanOrEqual(Math.min(base, 0.05));
        }
      }),
    );
  });

  it('a member who changes sides moves what the others decided by less than a ninth of the range', () => {
    const others = members(5, 'relevant');
    const weightWith = (vote: Vote) =>
      weighFeedback([...others, ...Array.from({ length: 50 }, () => cast('loud', vote))])
        .topicWeights.ransomware ?? 1;
    expect(weightWith('relevant') - weightWith('not-for-us')).toBeCloseTo(1 / 9);
  });
});
