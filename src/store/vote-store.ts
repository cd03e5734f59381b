import type { Language } from '../domain/feed.ts';
import type { Topic } from '../domain/topic.ts';
import type { Vote } from '../domain/vote.ts';
import type { Queryable } from './db.ts';
import { isRowId } from './row-id.ts';

interface StoryVote {
  guildId: string;
  storyId: string;
  userId: string;
  vote: Vote;
  accountCreatedAt: Date;
  memberSince: Date | null;
}

/** A member's vote on a story; the last one counts. */
export async function saveVote(db: Queryable, vote: StoryVote, now: Date): Promise<void> {
  await db.query(
    `INSERT INTO votes (guild_id, story_id, user_id, vote, voted_at, account_created_at, member_since)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (guild_id, story_id, user_id) DO UPDATE SET vote = excluded.vote, voted_at = excluded.voted_at,
       member_since = excluded.member_since`,
    [
      vote.guildId,
      vote.storyId,
      vote.userId,
      vote.vote,
      now,
      vote.accountCreatedAt,
      vote.memberSince,
    ],
  );
}

/** What this member has said of the story, or null. */
export async function findVote(
  db: Queryable,
  key: { guildId: string; storyId: string; userId: string },
): Promise<Vote | null> {
  const [row] = await db.query<{ vote: Vote }>(
    'SELECT vote FROM votes WHERE guild_id = $1 AND story_id = $2 AND user_id = $3',
    [key.guildId, key.storyId, key.userId],
  );
  return row?.vote ?? null;
}

export interface GuildVote {
  userId: string;
  vote: Vote;
  topics: Topic[];
  votedAt: Date;
  accountCreatedAt: Date;
  memberSince: Date | null;
}

/** A server changes its mind: older votes count no more. */
const VOTES_COUNT_MS = 90 * 24 * 3_600_000;

/** A guild's votes of the last 90 days, and not before `since`, with the topics of their stories. */
export async function listVotes(
  db: Queryable,
  guildId: string,
  options: { since: Date | null; now: Date },
): Promise<GuildVote[]> {
  const oldest = new Date(options.now.getTime() - VOTES_COUNT_MS);
  return db.query<GuildVote>(
    `SELECT user_id AS "userId", vote, voted_at AS "votedAt", account_created_at AS "accountCreatedAt",
            member_since AS "memberSince", coalesce((
              SELECT jsonb_agg(DISTINCT scored ->> 'topic') FROM articles a, jsonb_array_elements(a.topics) AS scored
              WHERE a.story_id = v.story_id AND a.is_cyber
            ), '[]') AS topics
     FROM votes v WHERE guild_id = $1 AND voted_at >= $2 ORDER BY voted_at, user_id, story_id`,
    [guildId, options.since !== null && options.since > oldest ? options.since : oldest],
  );
}

/** The channels of this guild in which the story has been posted. */
export async function channelsThatShow(
  db: Queryable,
  guildId: string,
  storyId: string,
): Promise<string[]> {
  if (!isRowId(storyId)) return [];
  const rows = await db.query<{ channel_id: string }>(
    `SELECT DISTINCT s.channel_id FROM posted_stories p JOIN subscriptions s ON s.id = p.subscription_id
     WHERE s.guild_id = $1 AND p.story_id = $2`,
    [guildId, storyId],
  );
  return rows.map((row) => row.channel_id);
}

export interface NotCyberVote {
  storyId: string;
  /** One article of the story for each line. */
  url: string;
  title: string;
  text: string;
  language: Language;
  score: number;
  /** How many members, over all servers, say so; and how many say that it is relevant. */
  notCyber: number;
  relevant: number;
}

/** Labelled data: every article of a story that someone says is no cyber story, the most voted first. Names no server and no member. */
export async function listNotCyberVotes(db: Queryable): Promise<NotCyberVote[]> {
  return db.query<NotCyberVote>(
    `SELECT v.story_id AS "storyId", a.url, a.title, a.text, a.language, a.score, v."notCyber", v.relevant
     FROM (
       SELECT story_id, count(*) FILTER (WHERE vote = 'not-cyber')::int AS "notCyber",
              count(*) FILTER (WHERE vote = 'relevant')::int AS relevant
       FROM votes GROUP BY story_id
     ) v JOIN articles a ON a.story_id = v.story_id
     WHERE v."notCyber" > 0 AND a.analysed_at IS NOT NULL
     ORDER BY v."notCyber" DESC, v.story_id, a.id`,
  );
}
