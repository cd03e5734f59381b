import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEncoder } from '../../src/models/encoder.ts';
import { analyseDiscovered } from '../../src/pipeline/analyse-discovered.ts';
import { assignStories } from '../../src/pipeline/assign-stories.ts';
import { createSearch } from '../../src/search/create-search.ts';
import { saveArticles } from '../../src/store/article-store.ts';
import { mergeStories, splitStory } from '../../src/store/correction-store.ts';
import { lockStories } from '../../src/store/story-store.ts';
import { NOW, useBot } from '../discord/start-bot.ts';
import { textOf, titlesOf } from '../discord/text-of.ts';
import { makeAnalysedArticles, makeArticle, makeFeed, makeVector } from '../store/rows.ts';
import { useChannel } from './use-channel.ts';

const t = useBot();
const encoder = createEncoder({ model: 'models' });
afterAll(() => encoder.close());
const { newChannel, post, edit, later } = useChannel(t);

const nothing = () => undefined;
const said: [object, string][] = [];
const log = {
  ...{ debug: nothing, warn: nothing, error: nothing },
  info: (fields: object, message: string) => void said.push([fields, message]),
};
const queue = { wake: async () => undefined };
const clock = () => t.now;

/** A clusterer with its own vectors in memory. */
async function cluster() {
  const { nearArticles } = createSearch({ db: t.db, encoder, clock });
  const deps = { db: t.db, queue, rule: encoder.heads.story, nearArticles, log };
  while ((await assignStories(deps, clock)) > 0);
}

interface Report {
  id: string;
  stream: string;
  event: 'a' | 'b' | null;
  lang: 'ar' | 'en';
  title: string;
  text: string;
}

const REPORTS: Report[] = readFileSync('evaluation/round-ups.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
const linkOf = ({ id }: Report) => `https://news.example/${id}`;

/** Each report comes a quarter of an hour after the one before, is read by the model, put into a story, posted, and its entry edited. */
async function tell(stream: string): Promise<Report[]> {
  const reports = REPORTS.filter((report) => report.stream === stream);
  for (const [index, report] of reports.entries()) {
    t.now = later(15 * index);
    const feed = await makeFeed(t.db, { language: report.lang });
    const { title, text } = report;
    const url = linkOf(report);
    const article = makeArticle({ title, text, url, canonicalUrl: url, publishedAt: t.now });
    await saveArticles(t.db, feed.id, [article], t.now);
    while ((await analyseDiscovered({ db: t.db, encoder, queue, log }, clock)) > 0);
    await cluster();
    await post();
    await edit();
  }
  return reports;
}

/** Null for a report that the model does not take for cyber news. */
async function storyOf(report: Report): Promise<string | null> {
  const [row] = await t.db.query<{ story_id: string | null }>(
    'SELECT story_id FROM articles WHERE canonical_url = $1',
    [linkOf(report)],
  );
  return row?.story_id ?? null;
}

async function storiesOf(reports: Report[], event: 'a' | 'b'): Promise<Set<string>> {
  const told = reports.filter((report) => report.event === event);
  const stories = await Promise.all(told.map(storyOf));
  return new Set(stories.filter((story) => story !== null));
}

const wasDivided = () => said.some(([, message]) => message.startsWith('story divided'));

beforeEach(() => {
  t.now = NOW;
  said.length = 0;
});

describe('two events that round-ups brought into one story', () => {
  it('are two stories in the end, each posted once, and the first entry tells of its own event only', async () => {
    const channel = await newChannel();
    const reports = await tell('en-hospital-lottery');
    t.now = later(15 * reports.length);
    await post();
    await edit();
    const [hospitals, lottery] = [await storiesOf(reports, 'a'), await storiesOf(reports, 'b')];
    expect([hospitals.size, lottery.size]).toEqual([1, 1]);
    expect([...hospitals]).not.toEqual([...lottery]);
    const titles = channel.posted().map((message) => titlesOf(message).join());
    expect(titles).toHaveLength(2);
    expect(titles[0]).toContain('Veldhaven');
    expect(titles[1]).toContain('Brightwell');
    const [first = ''] = channel.posted().map((message) => textOf(message));
    expect(first).not.toContain('bank details');
  });

  it('are told apart by /story, and /why knows where each report now is', async () => {
    const channel = await newChannel();
    const reports = await tell('en-hospital-lottery');
    const [story = ''] = await storiesOf(reports, 'a');
    const shown = await t.discord.sendCommand('story', { story }, channel);
    expect(textOf(shown.message)).toContain('Veldhaven');
    expect(textOf(shown.message)).not.toContain('Brightwell lottery draws');
    const link = linkOf(reports.filter(({ event }) => event === 'b').at(-1) as Report);
    const why = await t.discord.sendCommand('why', { link }, channel);
    expect(textOf(why.message)).toContain('Brightwell');
    expect(textOf(why.message)).not.toContain('Veldhaven trust');
  });

  it.each(['ar-port-university', 'both-grid-chat'])(
    'are two in Arabic, and where each is told in both languages (%s)',
    async (stream) => {
      await newChannel();
      const reports = await tell(stream);
      const [one, other] = [await storiesOf(reports, 'a'), await storiesOf(reports, 'b')];
      expect([one.size, other.size]).toEqual([1, 1]);
      expect([...one]).not.toEqual([...other]);
    },
  );
});

it('one event told in both languages stays one story, with one post', async () => {
  const channel = await newChannel();
  const reports = await tell('one-museum');
  expect(wasDivided()).toBe(false);
  expect(await storiesOf(reports, 'a')).toHaveProperty('size', 1);
  expect(channel.posted()).toHaveLength(1);
});

/** Reports by direction: at 0 the port, at 90 the bank, between them both. */
async function report(title: string, degrees: number): Promise<string> {
  const text = `${title}, officials said.`;
  const [id = ''] = await makeAnalysedArticles(t.db, [
    { article: { title, text, publishedAt: t.now }, analysis: { embedding: makeVector(degrees) } },
  ]);
  await cluster();
  return id;
}

async function storyOfArticle(id: string): Promise<string> {
  const [row] = await t.db.query<{ story_id: string }>(
    'SELECT story_id FROM articles WHERE id = $1',
    [id],
  );
  return row?.story_id ?? '';
}

const correct = async (work: (tx: typeof t.db) => Promise<unknown>) =>
  t.db.transaction(async (tx) => {
    await lockStories(tx);
    await work(tx as typeof t.db);
  });

it('a story whose later reports tell two events is divided, with a line in the log that names both and who left', async () => {
  await newChannel();
  const port = await report('Cranes of the port stand still', 0);
  await report('Cranes of the port stand still, bank customers lose savings', 43);
  await report('Bank customers lose savings, cranes of the port stand still', 45);
  const bank = await report('Bank customers lose savings', 90);
  expect(await storyOfArticle(bank)).toBe(await storyOfArticle(port));
  await report('Cranes of the port still stand', 2);
  const branches = await report('Bank customers lose more savings', 92);
  const [story, newStory] = [await storyOfArticle(port), await storyOfArticle(bank)];
  expect(newStory).not.toBe(story);
  const [fields] = said.find(([, message]) => message.startsWith('story divided')) ?? [];
  expect(fields).toMatchObject({ story, newStory });
  expect(fields).toHaveProperty('article', expect.arrayContaining([bank, branches]));
});

describe('what a person said of stories', () => {
  it('together: is not divided again', async () => {
    await newChannel();
    const port = await report('Cranes of the port stand still', 0);
    const bank = await report('Bank customers lose savings', 90);
    const merge = { storyId: await storyOfArticle(port), otherId: await storyOfArticle(bank) };
    await correct((tx) => mergeStories(tx, merge, t.now));
    await report('Cranes of the port stand still today', 2);
    await report('Bank customers lose more savings', 92);
    expect(wasDivided()).toBe(false);
    expect(await storyOfArticle(bank)).toBe(await storyOfArticle(port));
  });

  it('apart: stays so when one of the two is divided', async () => {
    await newChannel();
    const port = await report('Cranes of the port stand still', 0);
    const other = await report('Cranes of the port stand still too', 3);
    const split = { storyId: await storyOfArticle(port), articleIds: [other] };
    await correct((tx) => splitStory(tx, split, t.now));
    const bank = await report('Bank customers lose savings', 90);
    await t.db.query('UPDATE articles SET story_id = $1 WHERE id = $2', [
      await storyOfArticle(port),
      bank,
    ]);
    await report('Bank customers lose more savings', 92);
    await t.db.query('UPDATE articles SET story_id = $1 WHERE title LIKE $2', [
      await storyOfArticle(port),
      'Bank%',
    ]);
    await report('Cranes of the port stand still', 0);
    expect(wasDivided()).toBe(true);
    expect(await storyOfArticle(port)).not.toBe(await storyOfArticle(other));
    expect(await storyOfArticle(bank)).not.toBe(await storyOfArticle(port));
  });
});
