import { digestStory } from '../digest/build-digest.ts';
import type { Story } from '../domain/story.ts';
import type { Reply, ReplyContext } from './command.ts';
import { encodeAction, type LatestPage } from './custom-id.ts';
import { findStories } from './find-stories.ts';
import { fitsLimits } from './limits.ts';
import { readFilter } from './read-filter.ts';
import { renderStory } from './render-story.ts';
import { buttonRow, inServerDirection, textBlock } from './reply.ts';
import { timeInReply } from './show-time.ts';

/** A page that a phone shows in two screens. */
const PAGE_SIZE = 5;
const SPAN_MS = 7 * 24 * 3_600_000;

/** A page of the latest stories. The buttons carry filter and place, so that they work after a restart too. */
export async function renderLatest(page: LatestPage, context: ReplyContext): Promise<Reply> {
  const { messages, now } = context;
  const filter = await readFilter(
    {
      topic: page.topic || null,
      language: page.language || null,
      severity: page.severity || null,
      source: page.source || null,
      keyword: null,
    },
    context,
  );
  const stories = await findStories(filter, new Date(now.getTime() - SPAN_MS), context);
  if (stories.length === 0) return { components: [textBlock([messages.latest.none], context)] };
  const start = page.offset < stories.length ? page.offset : 0;
  const shown = stories.slice(start, start + PAGE_SIZE);
  return { components: pageComponents(shown, { ...page, offset: start }, stories.length, context) };
}

function pageComponents(
  shown: Story[],
  page: LatestPage,
  total: number,
  context: ReplyContext,
): Reply['components'] {
  const { messages, settings } = context;
  const range = messages.latest.page(page.offset + 1, page.offset + shown.length, total);
  const components = [
    textBlock([`**${messages.latest.title}**`, `-# ${inServerDirection(range, context)}`], context),
    ...shown.map((story) =>
      renderStory(
        digestStory(story, settings.language),
        {
          language: settings.language,
          time: (at) => timeInReply(at, settings.language, context.now),
        },
        encodeAction({ kind: 'story', storyId: story.id }),
      ),
    ),
    turnButtons(page, shown.length, total, context),
  ];
  // Only addresses of the longest kind, five at a time, come to this: one story fewer on this page then.
  return fitsLimits(components) || shown.length === 1
    ? components
    : pageComponents(shown.slice(0, -1), page, total, context);
}

function turnButtons(page: LatestPage, shown: number, total: number, context: ReplyContext) {
  const { buttons } = context.messages;
  const to = (offset: number) => ({ kind: 'page', ...page, offset }) as const;
  return buttonRow([
    {
      action: to(Math.max(0, page.offset - PAGE_SIZE)),
      label: buttons.previous,
      disabled: page.offset === 0,
    },
    {
      action: to(page.offset + shown),
      label: buttons.next,
      disabled: page.offset + shown >= total,
    },
  ]);
}
