import type { ScoredTopic, Topic } from '../domain/topic.ts';
import type { Vote } from '../domain/vote.ts';

/** One member's vote on one story. */
export interface CastVote {
  userId: string;
  vote: Vote;
  topics: Topic[];
  votedAt: Date;
  accountCreatedAt: Date;
  /** Since when the voter is a member of the server, or null where that is not known. */
  memberSince: Date | null;
}

type Voting = Pick<CastVote, 'votedAt' | 'accountCreatedAt' | 'memberSince'>;

/** What a server's votes change, with the figures that explain it. */
export interface Feedback {
  /** Added to the server's threshold: from -0.15 (more comes through) to 0.15. */
  thresholdShift: number;
  /** From 0.5 to 1.5; a topic that is not named has 1. */
  topicWeights: Partial<Record<Topic, number>>;
  /** Members whose votes count, and those whose votes do not (new accounts and new members). */
  voters: number;
  untrusted: number;
}

export const NO_FEEDBACK: Feedback = {
  thresholdShift: 0,
  topicWeights: {},
  voters: 0,
  untrusted: 0,
};

/** Fewer than this change nothing: no single member, and no two, speak for a channel. */
export const MIN_VOTERS = 3;
export const MAX_SHIFT = 0.15;
const MAX_WEIGHT_CHANGE = 0.5;
/** A raid of new accounts, or of old ones that have just joined, does not count. */
export const MIN_ACCOUNT_DAYS = 30;
export const MIN_MEMBER_DAYS = 7;
/** As if so many more members had no opinion: few voices move little. */
const NEUTRAL_VOICES = 3;
/** A story of which the model is this sure passes whatever the votes say, so that votes can silence no topic. */
export const ALWAYS_PASSES = 0.9;
const LOWEST_THRESHOLD = 0.05;
const DAY_MS = 24 * 3_600_000;

/**
 * Votes, as a bounded change of what a server is shown. Each member is one voice, the mean of that member's votes, however many
 * there are. "Not cyber" against "relevant" moves the threshold; "not for us" against "relevant" moves the story's topics.
 */
export function weighFeedback(votes: CastVote[]): Feedback {
  const counted = votes.filter(isTrusted);
  const voters = new Set(counted.map(({ userId }) => userId));
  const all = new Set(votes.map(({ userId }) => userId));
  const topics = [...new Set(counted.flatMap((vote) => vote.topics))];
  const weights = topics.map((topic) => {
    const about = counted.filter(
      (vote) => vote.vote !== 'not-cyber' && vote.topics.includes(topic),
    );
    return [topic, 1 + MAX_WEIGHT_CHANGE * leaning(about, 'not-for-us')] as const;
  });
  return {
    thresholdShift: noMinusZero(-MAX_SHIFT * leaning(counted, 'not-cyber')),
    topicWeights: Object.fromEntries(weights.filter(([, weight]) => weight !== 1)),
    voters: voters.size,
    untrusted: all.size - voters.size,
  };
}

/**
 * The lowest probability of being a cyber story that lets this story through, of a server whose own threshold is `base`. The
 * topic that the votes like best counts.
 */
export function storyThreshold(topics: ScoredTopic[], base: number, feedback: Feedback): number {
  const weights = topics.map(({ topic }) => feedback.topicWeights[topic] ?? 1);
  const weight = weights.length === 0 ? 1 : Math.max(...weights);
  const moved = (base + feedback.thresholdShift) / weight;
  const highest = Math.max(base, ALWAYS_PASSES);
  return Math.min(highest, Math.max(Math.min(base, LOWEST_THRESHOLD), moved));
}

/** Whether a vote counts: of a member who is neither a new account nor has just joined. */
export function isTrusted({ votedAt, accountCreatedAt, memberSince }: Voting): boolean {
  const days = (since: Date) => (votedAt.getTime() - since.getTime()) / DAY_MS;
  return (
    days(accountCreatedAt) >= MIN_ACCOUNT_DAYS &&
    memberSince !== null &&
    days(memberSince) >= MIN_MEMBER_DAYS
  );
}

/** Between -1 (all say `against`) and 1 (all say relevant), neither reached. */
function leaning(votes: CastVote[], against: Vote): number {
  const voices = new Map<string, number[]>();
  for (const { userId, vote } of votes) {
    const value = vote === 'relevant' ? 1 : vote === against ? -1 : 0;
    voices.set(userId, [...(voices.get(userId) ?? []), value]);
  }
  if (voices.size < MIN_VOTERS) return 0;
  const sum = [...voices.values()].map(mean).reduce((a, b) => a + b, 0);
  return sum / (voices.size + NEUTRAL_VOICES);
}

function mean(values: number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function noMinusZero(value: number): number {
  return value === 0 ? 0 : value;
}
