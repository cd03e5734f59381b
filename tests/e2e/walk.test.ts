import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUTTON_KINDS } from '../../src/discord/components/press-button.ts';
import { ar } from '../../src/discord/messages/ar.ts';
import { en } from '../../src/discord/messages/en.ts';
import { openWorld, type World } from './walk/open-world.ts';
import { unsaid } from './walk/unsaid.ts';
import { required, untried } from './walk/untried.ts';
import { walkDrafts } from './walk/walk-drafts.ts';
import { walkFind } from './walk/walk-find.ts';
import { walkPosts } from './walk/walk-posts.ts';
import { walkRefusals } from './walk/walk-refusals.ts';
import { walkRestart } from './walk/walk-restart.ts';
import { walkSettings } from './walk/walk-settings.ts';
import { walkSources } from './walk/walk-sources.ts';
import { walkSubscriptions } from './walk/walk-subscriptions.ts';
import { createSeen, createWalker, type Walker } from './walk/walker.ts';

let opened: World;
const world = () => opened;

beforeAll(async () => {
  opened = await openWorld();
}, 180_000);

afterAll(() => opened?.close());

/** One server for each: what a server may ask at once is bounded, and nobody should have to wait. */
const AREAS: Record<string, (walker: () => Walker, world: () => World) => void> = {
  settings: walkSettings,
  find: walkFind,
  drafts: walkDrafts,
  subscriptions: walkSubscriptions,
  posts: walkPosts,
  sources: walkSources,
  refusals: walkRefusals,
};

/** A digest without stories is not posted any more; the button of those that were still works. */
const NEVER_OFFERED = ['latest'];

/** What would need another world: no story at all, no network, a third language, a person at the command line, or Discord in trouble. */
const UNSAID = new Set([
  'buttons.latest',
  'rest.none',
  'search.language.other',
  'search.none',
  'sources.none',
  'sources.problem.dns',
  'sources.problem.timeout',
  'stats.none',
  'story.noSummary',
  'why.joinedByPerson',
  'why.keptApartByPerson',
  'why.unreadable',
  'why.verdict.failed',
  'why.verdict.held',
  'why.verdict.pending',
]);

/** Why a story is as severe as it is: which of these are met is the news'. */
const REASON = /^why\.reason\./;

const seenIn = { ar: createSeen(), en: createSeen() };

describe.each(['ar', 'en'] as const)('everything that a team does in a server in %s', (frame) => {
  const seen = seenIn[frame];

  describe.each(Object.keys(AREAS))('%s', (area) => {
    let walking: Walker;
    beforeAll(async () => {
      walking = createWalker(opened, opened.openPlace(frame), seen);
      await walking.command('settings', { language: frame });
    });
    AREAS[area]?.(() => walking, world);
  });

  it('no command, option, choice or list of choices that is registered was left untried', () => {
    expect(untried(required(opened.discord.commands()), seen)).toEqual([]);
  });

  it('no button that was offered was left unpressed, and no field of a form left as it was', () => {
    const { offered, pressed, asked, answered } = seen;
    expect([...offered].filter((kind) => !pressed.has(kind))).toEqual([]);
    expect([...asked].filter((field) => !answered.has(field))).toEqual([]);
    const met = [...offered].map((kind) => kind.split(' ')[0]);
    expect(BUTTON_KINDS.filter((kind) => !met.includes(kind))).toEqual(NEVER_OFFERED);
  });
});

walkRestart(world, seenIn);

it.each([
  ['ar', ar],
  ['en', en],
] as const)('every message of the catalogue was said (%s)', (frame, catalogue) => {
  const left = unsaid(catalogue, seenIn[frame].said);
  expect(left.filter((key) => !REASON.test(key) && !UNSAID.has(key))).toEqual([]);
});

it('Discord took everything, and each interaction was acknowledged once', () => {
  const { violations, requests } = opened.discord;
  expect(violations).toEqual([]);
  const acknowledged = requests.flatMap(
    ({ path }) => /^\/interactions\/(\d+)\/.+\/callback$/.exec(path)?.[1] ?? [],
  );
  expect(acknowledged.length).toBeGreaterThan(300);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
});

it('every message says whom it mentions', () => {
  const written = opened.discord.requests.filter(
    ({ method, path }) =>
      (method === 'PATCH' && path.endsWith('/messages/@original')) ||
      (method !== 'GET' && /^\/channels\/\d+\/messages/.test(path)),
  );
  expect(written.length).toBeGreaterThan(300);
  const silent = written.filter(
    ({ body }) =>
      (body as { allowed_mentions?: { parse?: unknown[] } }).allowed_mentions?.parse?.length !== 0,
  );
  expect(silent.map(({ path }) => path)).toEqual([]);
});
