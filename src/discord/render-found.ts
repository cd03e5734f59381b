import { type APIContainerComponent, ButtonStyle, ComponentType } from 'discord.js';
import { digestStory } from '../digest/build-digest.ts';
import { frameLine } from '../digest/frame-text.ts';
import { digestLabels } from '../digest/labels.ts';
import { shortenText, toPlainLine } from '../digest/shorten-text.ts';
import type { Story } from '../domain/story.ts';
import type { SavedSearch } from '../store/saved-search-store.ts';
import { findStoriesById } from '../store/story-store.ts';
import type { Reply, ReplyContext } from './command.ts';
import { encodeAction } from './custom-id.ts';
import { escapeText } from './escape-text.ts';
import { fitsLimits } from './limits.ts';
import { directedText, SEVERITY_COLOURS, sourcesAndAge, titleLine } from './render-story.ts';
import { buttonRow, inServerDirection, textBlock } from './reply.ts';
import { timeInReply } from './show-time.ts';

const PAGE_SIZE = 5;
/** One line on a desktop, two on a phone. */
const MAX_SUMMARY = 120;
const MAX_QUERY = 100;

/** A page of what was found: one entry for each story, best first. The buttons carry the search's id, so that they outlive the process. */
export async function renderFound(
  found: SavedSearch,
  offset: number,
  context: ReplyContext,
): Promise<Reply> {
  const { db, guildId, messages } = context;
  const query = escapeText(
    inServerDirection(toPlainLine(shortenText(found.query, MAX_QUERY)), context),
  );
  if (found.storyIds.length === 0) {
    return { components: [textBlock([messages.search.none(query)], context)] };
  }
  const start = offset < found.storyIds.length ? offset : 0;
  const ids = found.storyIds.slice(start, start + PAGE_SIZE);
  const stories = await findStoriesById(db, guildId, ids);
  return { components: pageComponents(stories, { found, query, start, ids }, context) };
}

interface Page {
  found: SavedSearch;
  query: string;
  start: number;
  /** Of the stories on the page; one may be gone since. */
  ids: string[];
}

function pageComponents(stories: Story[], page: Page, context: ReplyContext): Reply['components'] {
  const { messages } = context;
  const { start, ids, found } = page;
  const total = found.storyIds.length;
  const range = messages.latest.page(start + 1, start + ids.length, total);
  const components = [
    textBlock(
      [`**${messages.search.title(page.query)}**`, `-# ${inServerDirection(range, context)}`],
      context,
    ),
    ...stories.map((story) => renderHit(story, context)),
    buttonRow([
      turn(Math.max(0, start - PAGE_SIZE), messages.buttons.previous, start === 0),
      turn(start + ids.length, messages.buttons.next, start + ids.length >= total),
    ]),
  ];
  // Only addresses of the longest kind, five at a time, come to this: one story fewer on this page then.
  return fitsLimits(components) || ids.length === 1
    ? components
    : pageComponents(stories.slice(0, -1), { ...page, ids: ids.slice(0, -1) }, context);

  function turn(offset: number, label: string, disabled: boolean) {
    return { action: { kind: 'found', searchId: found.id, offset } as const, label, disabled };
  }
}

/** Title, one line of summary, severity, languages, sources and age. */
function renderHit(story: Story, { settings, messages, now }: ReplyContext): APIContainerComponent {
  const frame = settings.language;
  const shown = digestStory(story, frame);
  const summary = directedText(shown.summary, MAX_SUMMARY, shown.summaryLanguage, frame);
  const labels = digestLabels(frame);
  const languages = [...new Set(story.reports.map((report) => report.language))];
  const details = [
    labels.severity[shown.severity],
    languages.map((language) => messages.search.language[language]).join(labels.comma),
    ...sourcesAndAge(shown, { language: frame, time: (at) => timeInReply(at, frame, now) }),
  ];
  const lines = [
    titleLine(shown, frame),
    ...(summary === '' ? [] : [frameLine(summary, frame)]),
    `-# ${frameLine(details.join(' · '), frame)}`,
  ];
  return {
    type: ComponentType.Container,
    accent_color: SEVERITY_COLOURS[shown.severity],
    components: [
      {
        type: ComponentType.Section,
        components: [{ type: ComponentType.TextDisplay, content: lines.join('\n') }],
        accessory: {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: messages.buttons.more,
          custom_id: encodeAction({ kind: 'story', storyId: story.id }),
        },
      },
    ],
  };
}
