import { beforeEach, describe, expect, it } from 'vitest';
import { runMergeStories, runSplitStory } from '../../src/commands/correct-stories.ts';
import { readConfig } from '../../src/config.ts';
import { countCorrections } from '../../src/store/correction-store.ts';
import { createStory } from '../../src/store/story-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { makeAnalysedArticles, NOW } from '../store/rows.ts';

const database = useTestDatabase();
beforeEach(() => database.clear());

let said: string[] = [];
const io = { log: (line: string) => void said.push(line), clock: () => NOW };
const config = () => ({ ...readConfig({}), databaseUrl: database.url });
const merge = (story: string, other: string) => runMergeStories(config(), { story, other }, io);
const split = (story: string, ...articles: string[]) =>
  runSplitStory(config(), { story, articles }, io);

/** Stories of one article each, whose link is `https://news.example/NAME`. */
async function tell(...names: string[]): Promise<string[]> {
  said = [];
  const stories: string[] = [];
  for (const name of names) {
    const canonicalUrl = `https://news.example/${name}`;
    const [id = ''] = await makeAnalysedArticles(database.db, [{ article: { canonicalUrl } }]);
    stories.push(await createStory(database.db, id, NOW));
  }
  return stories;
}

async function storyOf(name: string): Promise<string | undefined> {
  const [row] = await database.db.query<{ story_id: string }>(
    'SELECT story_id FROM articles WHERE canonical_url = $1',
    [`https://news.example/${name}`],
  );
  return row?.story_id;
}

describe('rasid stories merge', () => {
  it('makes one story of two, named by number or by link, and nothing more the second time', async () => {
    const [port = '', quay = ''] = await tell('port', 'quay');
    expect(await merge(quay, 'https://news.example/port?utm_source=x')).toBe(0);
    expect(await storyOf('quay')).toBe(port);
    expect(await merge(port, quay)).toBe(0);
    expect(said).toEqual([`one story: ${port}`, `one story: ${port}`]);
    expect(await countCorrections(database.db, port)).toEqual({ together: 2, apart: 0 });
  });

  it('refuses what is no story', async () => {
    const [port = ''] = await tell('port');
    await expect(merge(port, '999')).rejects.toMatchObject({ code: 'no-story' });
    await expect(merge('https://news.example/none', port)).rejects.toThrow('no story');
  });
});

describe('rasid stories split', () => {
  it('takes articles out, and nothing more the second time', async () => {
    const [port = '', quay = ''] = await tell('port', 'quay', 'bank');
    await merge(port, quay);
    await merge(port, 'https://news.example/bank');
    await split(port, 'https://news.example/bank');
    expect([await storyOf('quay'), await storyOf('bank')]).not.toContain(undefined);
    expect(await storyOf('bank')).not.toBe(port);
    await split(port, 'https://news.example/bank');
    expect(said.at(-1)).toContain('already apart');
    const bank = (await storyOf('bank')) ?? '';
    expect(await countCorrections(database.db, bank)).toEqual({ together: 0, apart: 2 });
  });

  it('leaves a story something, and the last word counts', async () => {
    const [port = '', quay = ''] = await tell('port', 'quay');
    await expect(split(port, 'https://news.example/port')).rejects.toMatchObject({
      code: 'whole-story',
    });
    await merge(port, quay);
    await split(port, 'https://news.example/quay');
    await merge(port, 'https://news.example/quay');
    expect(await storyOf('quay')).toBe(port);
    expect(await countCorrections(database.db, port)).toEqual({ together: 2, apart: 0 });
  });
});
