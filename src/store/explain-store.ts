import type { Article } from '../domain/article.ts';
import type { Feed } from '../domain/feed.ts';
import { ARTICLE_COLUMNS, type ArticleRow, toArticle } from './article-row.ts';
import type { Queryable } from './db.ts';
import { listFeeds } from './feed-store.ts';
import type { MessageState } from './outbox-store.ts';
import { ownedAddress } from './owned-address.ts';
import { isRowId } from './row-id.ts';
import { IS_VISIBLE } from './story-store.ts';

/** The article of a canonical address, whatever became of it; null where `guildId` may not see it. */
export async function findVisibleArticle(
  db: Queryable,
  guildId: string,
  canonicalUrl: string,
): Promise<Article | null> {
  const [row] = await db.query<ArticleRow>(
    `SELECT ${ARTICLE_COLUMNS} FROM articles a JOIN articles r USING (id) JOIN feeds f ON f.id = a.feed_id
     WHERE md5(r.canonical_url) IN (md5($2), md5($3)) AND r.canonical_url IN ($2, $3) AND ${IS_VISIBLE}
     ORDER BY length(r.canonical_url) LIMIT 1`,
    [guildId, canonicalUrl, ownedAddress(canonicalUrl, guildId)],
  );
  return row ? toArticle(row) : null;
}

/** One of the articles of a story that `guildId` may see. */
export async function findArticleOfReport(
  db: Queryable,
  guildId: string,
  articleId: string,
): Promise<Article | null> {
  if (!isRowId(articleId)) return null;
  const [row] = await db.query<ArticleRow>(
    `SELECT ${ARTICLE_COLUMNS} FROM articles a JOIN articles r USING (id) JOIN feeds f ON f.id = a.feed_id
     WHERE r.id = $2 AND ${IS_VISIBLE}`,
    [guildId, articleId],
  );
  return row ? toArticle(row) : null;
}

/** The sources that carry an article, of those that `guildId` may see. */
export async function sourcesOfArticle(
  db: Queryable,
  guildId: string,
  articleId: string,
): Promise<Feed[]> {
  const rows = await db.query<{ feed_id: string }>(
    'SELECT feed_id FROM article_sources WHERE article_id = $1',
    [articleId],
  );
  const carriers = new Set(rows.map((row) => row.feed_id));
  return (await listFeeds(db, guildId)).filter((feed) => carriers.has(feed.id));
}

/** What became of a story in the digests of one subscription. */
export interface Delivery {
  composedAt: Date;
  /** Null for a story that was counted ("and 7 more") but is in no message. */
  message: {
    state: MessageState;
    channelId: string;
    discordMessageId: string | null;
    error: string | null;
    attempts: number;
    finishedAt: Date | null;
  } | null;
}

/** By subscription; only those of this guild, in whose digests the story is. */
export async function deliveriesOfStory(
  db: Queryable,
  guildId: string,
  storyId: string,
): Promise<ReadonlyMap<string, Delivery>> {
  const rows = await db.query<{
    subscription_id: string;
    posted_at: Date;
    state: MessageState | null;
    channel_id: string;
    discord_message_id: string | null;
    error: string | null;
    attempts: number;
    finished_at: Date | null;
  }>(
    `SELECT p.subscription_id, p.posted_at, o.state, coalesce(o.discord_channel_id, o.channel_id) AS channel_id,
            o.discord_message_id, o.error, o.finished_at,
            (SELECT count(*)::int FROM outbox_attempts t WHERE t.outbox_id = o.id) AS attempts
     FROM posted_stories p JOIN subscriptions s ON s.id = p.subscription_id
     LEFT JOIN LATERAL (
       SELECT * FROM outbox m WHERE m.digest_id = p.digest_id
         AND m.digest->'stories' @> jsonb_build_array(jsonb_build_object('storyId', p.story_id::text))
       ORDER BY m.id LIMIT 1
     ) o ON true
     WHERE s.guild_id = $1 AND p.story_id = $2`,
    [guildId, storyId],
  );
  return new Map(
    rows.map((row) => [
      row.subscription_id,
      {
        composedAt: row.posted_at,
        message:
          row.state === null
            ? null
            : {
                state: row.state,
                channelId: row.channel_id,
                discordMessageId: row.discord_message_id,
                error: row.error,
                attempts: row.attempts,
                finishedAt: row.finished_at,
              },
      },
    ]),
  );
}
