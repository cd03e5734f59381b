import { buildDigest } from '../../digest/build-digest.ts';
import type { DigestStory } from '../../domain/digest.ts';
import { UsageError } from '../../domain/errors.ts';
import { omittedStoryIds } from '../../store/edit-store.ts';
import { findMessage } from '../../store/outbox-store.ts';
import { findStoriesById } from '../../store/story-store.ts';
import type { ButtonHandler, Reply, ReplyContext } from '../command.ts';
import { encodeAction } from '../custom-id.ts';
import { fitsLimits } from '../limits.ts';
import { renderStory } from '../render-story.ts';
import { buttonRow, textBlock } from '../reply.ts';
import { timeInReply } from '../show-time.ts';

const PAGE_SIZE = 5;

/** "And 7 more" under a posted digest: the others, for the one who presses, page by page. */
export const rest: ButtonHandler<'rest'> = {
  answers: 'reply',
  changes: false,
  press: ({ outboxId }, context) => restPage(outboxId, 0, context),
};

export const turnRest: ButtonHandler<'rest-page'> = {
  answers: 'update',
  changes: false,
  press: ({ outboxId, offset }, context) => restPage(outboxId, offset, context),
};

async function restPage(outboxId: string, offset: number, context: ReplyContext): Promise<Reply> {
  const { db, guildId, messages } = context;
  const message = await findMessage(db, guildId, outboxId);
  if (message === null) throw new UsageError('gone', messages.errors.gone);
  const ids = await omittedStoryIds(db, guildId, outboxId);
  const stories = await findStoriesById(db, guildId, ids);
  if (stories.length === 0) throw new UsageError('gone', messages.rest.none);
  const { timezone, dueAt } = message.digest;
  const { language } = context.settings;
  // The order of the digest: most severe first.
  const ordered = buildDigest(stories, {
    language,
    timezone,
    dueAt,
    limit: stories.length,
  }).stories;
  const start = offset < ordered.length ? offset : 0;
  return showPage(ordered, { outboxId, start, size: PAGE_SIZE }, context);
}

function showPage(
  stories: DigestStory[],
  { outboxId, start, size }: { outboxId: string; start: number; size: number },
  context: ReplyContext,
): Reply {
  const { messages, settings } = context;
  const { language } = settings;
  const shown = stories.slice(start, start + size);
  const total = stories.length;
  const range = messages.latest.page(start + 1, start + shown.length, total);
  const to = (offset: number) => ({ kind: 'rest-page', outboxId, offset }) as const;
  const components = [
    textBlock([`**${messages.rest.title}**`, `-# ${range}`], context),
    ...shown.map((story) =>
      renderStory(
        story,
        { language, time: (at) => timeInReply(at, language, context.now) },
        encodeAction({ kind: 'story', storyId: story.storyId }),
      ),
    ),
    ...(total <= size
      ? []
      : [
          buttonRow([
            {
              action: to(Math.max(0, start - PAGE_SIZE)),
              label: messages.buttons.previous,
              disabled: start === 0,
            },
            {
              action: to(start + shown.length),
              label: messages.buttons.next,
              disabled: start + shown.length >= total,
            },
          ]),
        ]),
  ];
  return fitsLimits(components) || size === 1
    ? { components }
    : showPage(stories, { outboxId, start, size: size - 1 }, context);
}
