import { refreshDigest } from '../digest/refresh-digest.ts';
import { fitsMessage } from '../discord/render-digest.ts';
import { DeliveryError } from '../domain/errors.ts';
import type { Database, Queryable } from '../store/db.ts';
import {
  forgetMessage,
  lockNextEdit,
  type PostedMessage,
  postponeEdit,
  saveDevelopment,
  saveEdit,
} from '../store/edit-store.ts';
import type { Queue } from '../store/queue.ts';
import { findStoriesById } from '../store/story-store.ts';
import type { StepLog } from './step-log.ts';

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
 * Brings one posted message up to date with its stories' new reports; where the subscription follows stories, the newest report
 * also goes to a thread under the message. Killed half-way it is done again, which changes nothing that a reader sees.
 * @returns false when every message is up to date.
 */
export async function editNextMessage(deps: EditDeps, clock: () => Date): Promise<boolean> {
  return deps.db.transaction(async (tx) => {
    const now = clock();
    const editedBefore = new Date(now.getTime() - EDIT_INTERVAL_MS);
    const message = await lockNextEdit(tx, { now, editedBefore });
    if (message === null) return false;
    try {
      await editOne(deps, tx, message, now);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      if (error.retryable) await postponeEdit(tx, message.id, now);
      else await forgetMessage(tx, message.id);
      const fields = { message: message.id, channel: message.channelId, code: error.code };
      deps.log.warn(fields, `posted digest not edited: ${error.message}`);
    }
    return true;
  });
}

async function editOne(
  deps: EditDeps,
  tx: Queryable,
  message: PostedMessage,
  now: Date,
): Promise<void> {
  const ids = message.digest.stories.map(({ storyId }) => storyId);
  const stories = await findStoriesById(tx, message.guildId, ids);
  const fits = (digest: PostedMessage['digest']) => fitsMessage(digest, message.position);
  const { digest, developments, isCorrected } = refreshDigest(message.digest, stories, fits);
  if (developments.length > 0 || isCorrected) await deps.channel.edit({ ...message, digest });
  const shown = stories.map(({ id, updatedAt }) => ({ storyId: id, updatedAt }));
  await saveEdit(tx, message.id, { digest, shown, now });
  if (!message.follow || developments.length === 0) return;
  for (const development of developments) await saveDevelopment(tx, message, development, now);
  await deps.queue.wake(tx, 'deliver');
}
