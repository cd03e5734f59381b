import { type RefreshedDigest, recountDigest, refreshDigest } from '../digest/refresh-digest.ts';
import { fitsMessage } from '../discord/render-digest.ts';
import type { Digest, DigestStory } from '../domain/digest.ts';
import { DeliveryError } from '../domain/errors.ts';
import type { Story } from '../domain/story.ts';
import type { Database, Queryable } from '../store/db.ts';
import {
  forgetMessage,
  lockFirstMessage,
  lockNextEdit,
  type PostedMessage,
  postponeEdit,
  postponeEditsBeside,
  saveCounts,
  saveDevelopment,
  saveEdit,
  storiesShownElsewhere,
} from '../store/edit-store.ts';
import type { Queue } from '../store/queue.ts';
import { findStoriesById } from '../store/story-store.ts';
import { pauseChannel } from '../store/subscription-store.ts';
import { messageLines, type StepLog } from './step-log.ts';

/** Where posted messages can be changed: Discord, and not the terminal. */
interface EditableChannel {
  /** Shows the message's digest as it now is. @throws DeliveryError */
  edit(message: PostedMessage): Promise<void>;
}

export interface EditDeps {
  db: Database;
  queue: Pick<Queue, 'wake'>;
  channel: EditableChannel;
  log: StepLog;
}

/** A message is edited at most this often: reports of a story that breaks come in swarms. */
const EDIT_INTERVAL_MS = 10 * 60_000;

/**
 * Brings one posted message up to date with its stories' new reports, and the head of its digest's first message with it; where the subscription follows stories, the newest report
 * also goes to a thread under the message. Killed half-way it is done again, which changes nothing that a reader sees.
 * @returns false when every message is up to date.
 */
export async function editNextMessage(deps: EditDeps, clock: () => Date): Promise<boolean> {
  return deps.db.transaction(async (tx) => {
    const now = clock();
    const editedBefore = new Date(now.getTime() - EDIT_INTERVAL_MS);
    const message = await lockNextEdit(tx, { now, editedBefore });
    if (message === null) return false;
    const change = await readChange(tx, message);
    try {
      await editOne(deps, tx, change, now);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      await afterRefusal(tx, message, error, now);
      const asWanted = { ...message, digest: change.refreshed.digest };
      for (const line of messageLines(asWanted, { code: error.code })) {
        deps.log.warn(line, `posted digest not edited: ${error.message}`);
      }
    }
    return true;
  });
}

/**
 * What passes is tried again later. Where the bot's right is gone, the channel pauses, as it does for a message that cannot be posted:
 * nothing there is edited until the right is back. Where Discord refuses although the bot seems to have the right, one message of the
 * channel is tried in `EDIT_INTERVAL_MS`, not each of them.
 */
async function afterRefusal(
  tx: Queryable,
  message: PostedMessage,
  error: DeliveryError,
  now: Date,
): Promise<void> {
  if (error.retryable) await postponeEdit(tx, message.id, now);
  else if (error.code !== 'forbidden') await forgetMessage(tx, message.id);
  else {
    await postponeEditsBeside(tx, message, now);
    await pauseChannel(tx, message.channelId, error.code);
  }
}

/** A posted message, what its stories are now, and what that makes of it. */
interface Change {
  message: PostedMessage;
  stories: Story[];
  first: PostedMessage | null;
  elsewhere: DigestStory[];
  refreshed: RefreshedDigest;
}

async function readChange(tx: Queryable, message: PostedMessage): Promise<Change> {
  const ids = message.digest.stories.map(({ storyId }) => storyId);
  const stories = await findStoriesById(tx, message.guildId, ids);
  const first = await lockFirstMessage(tx, message);
  const elsewhere = await storiesShownElsewhere(tx, message);
  const fits = (digest: Digest) => fitsMessage(digest, message.position);
  const refreshed = refreshDigest(message.digest, stories, { fits, elsewhere });
  return { message, stories, first, elsewhere, refreshed };
}

async function editOne(
  deps: EditDeps,
  tx: Queryable,
  { message, stories, first, elsewhere, refreshed }: Change,
  now: Date,
): Promise<void> {
  const { digest, developments, isCorrected } = refreshed;
  if (developments.length > 0 || isCorrected) {
    await deps.channel.edit({ ...message, digest });
    const posted = message.discordMessageId;
    for (const line of messageLines({ ...message, digest }, { posted })) {
      deps.log.info(line, 'posted digest edited');
    }
  }
  const shown = stories.map(({ id, updatedAt }) => ({ storyId: id, updatedAt }));
  if (first !== null) {
    const counted = { before: message.digest.stories, after: digest.stories, elsewhere };
    await recountFirst(deps, tx, first, recountDigest(first.digest, counted));
  }
  await saveEdit(tx, message.id, { digest, shown, now });
  if (!message.follow || developments.length === 0) return;
  for (const development of developments) await saveDevelopment(tx, message, development, now);
  await deps.queue.wake(tx, 'deliver');
}

/**
 * The first message's head counts what a later message now shows. Where the first was deleted, the later one is edited all the same;
 * where Discord can't be reached, or the bot may not reach it, both are tried again.
 */
async function recountFirst(
  { channel, log }: EditDeps,
  tx: Queryable,
  first: PostedMessage,
  digest: Digest,
): Promise<void> {
  const isCountedSo = (['criticalCount', 'articleCount', 'sourceCount'] as const).every(
    (count) => digest[count] === first.digest[count],
  );
  if (isCountedSo || !fitsMessage(digest, first.position)) return;
  try {
    await channel.edit({ ...first, digest });
    await saveCounts(tx, first.id, digest);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.retryable || error.code === 'forbidden')
      throw error;
    await forgetMessage(tx, first.id);
    for (const line of messageLines(first, { code: error.code })) {
      log.warn(line, `head of a posted digest not edited: ${error.message}`);
    }
  }
}
