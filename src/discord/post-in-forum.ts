import {
  type APIMessage,
  type APIThreadChannel,
  type REST,
  type RESTGetAPIChannelThreadsArchivedPublicResult,
  type RESTGetAPIGuildThreadsResult,
  type RESTPostAPIGuildForumThreadsJSONBody,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import { formatDueTime } from '../digest/format-time.ts';
import { topicNamed } from '../digest/keyword-fields.ts';
import { digestLabels } from '../digest/labels.ts';
import { shortenText } from '../digest/shorten-text.ts';
import type { Digest, OutboxMessage } from '../domain/digest.ts';
import type { Delivered, DeliveryDeps } from './deliver-digest.ts';
import { isSameMessage } from './find-posted-message.ts';
import { placeOf, renderDigest } from './render-digest.ts';
import type { TargetChannel } from './target-channel.ts';

/** Discord's limits for a post. */
const MAX_NAME = 100;
const MAX_TAGS = 5;
/** This machine's clock and Discord's may differ by so much. */
const CLOCK_DIFFERENCE_MS = 60_000;
/** The newest archived posts that are looked through. */
const MAX_ARCHIVED = 50;

/**
 * A digest as a post of a forum, with those of the forum's tags that are called like its topics. Discord knows no nonce for a
 * post, so every further attempt looks for the post first, and no request is repeated by itself (`watch-requests`).
 */
export async function postInForum(
  deps: DeliveryDeps,
  message: OutboxMessage,
  target: TargetChannel,
): Promise<Delivered> {
  const first = message.firstAttemptAt;
  const known = first === null ? null : await findPost(deps, message, first);
  const id = known ?? (await createPost(deps.rest, message, target));
  // A post and its first message have one id.
  return { messageId: id, channelId: id };
}

async function createPost(
  rest: REST,
  message: OutboxMessage,
  target: TargetChannel,
): Promise<string> {
  const body: RESTPostAPIGuildForumThreadsJSONBody = {
    name: postName(message.digest),
    applied_tags: tagsFor(message.digest, target),
    message: renderDigest(message.digest, placeOf(message)),
  };
  const route = Routes.threads(message.channelId);
  const post = (await rest.post(route, { body })) as APIThreadChannel;
  return post.id;
}

function postName({ language, dueAt, timezone }: Digest): string {
  const due = formatDueTime(dueAt, language, timezone);
  return shortenText(`${digestLabels(language).title} · ${due}`, MAX_NAME);
}

/** By name in either language, the topics of the most severe stories first; where a tag must be chosen and none fits, the forum's first. */
function tagsFor(digest: Digest, { tags, tagRequired }: TargetChannel): string[] {
  const topics = [...new Set(digest.stories.flatMap((story) => story.topics))];
  const fitting = topics.flatMap((topic) =>
    tags.filter(({ name }) => topicNamed(name) === topic).map(({ id }) => id),
  );
  const [fallback] = tagRequired ? tags : [];
  if (fitting.length === 0 && fallback !== undefined) return [fallback.id];
  return fitting.slice(0, MAX_TAGS);
}

/** A post that an earlier attempt may have made: one of the bot's own since then whose first message carries the outbox id. */
async function findPost(
  { rest, ownUserId }: DeliveryDeps,
  message: OutboxMessage,
  since: Date,
): Promise<string | null> {
  const oldest = SnowflakeUtil.generate({
    timestamp: since.getTime() - CLOCK_DIFFERENCE_MS,
    increment: 0n,
  });
  const active = (await rest.get(
    Routes.guildActiveThreads(message.guildId),
  )) as RESTGetAPIGuildThreadsResult;
  const archived = (await rest.get(Routes.channelThreads(message.channelId, 'public'), {
    query: new URLSearchParams({ limit: String(MAX_ARCHIVED) }),
  })) as RESTGetAPIChannelThreadsArchivedPublicResult;
  const threads = [...active.threads, ...archived.threads] as APIThreadChannel[];
  const own = threads.filter(
    (thread) =>
      thread.parent_id === message.channelId &&
      thread.owner_id === ownUserId() &&
      BigInt(thread.id) > oldest,
  );
  for (const { id } of own) {
    const first = (await rest.get(Routes.channelMessage(id, id))) as APIMessage;
    if (isSameMessage(first, message)) return id;
  }
  return null;
}
