import { assignStory, type StoryRule } from '../cluster/assign-story.ts';
import { divideStory } from '../cluster/divide-story.ts';
import type { Analysis, ArticleText } from '../domain/article.ts';
import type { CandidateStory, StoryArticle } from '../domain/story.ts';
import { createEncoder } from '../models/encoder.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
import { createVectorIndex } from '../search/vector-index.ts';
import { readArticleLines } from './read-article-lines.ts';

export interface StoriesOptions {
  /** JSON lines; undefined reads the standard input. */
  file: string | undefined;
  /** The setting `RASID_MODEL`. */
  model: string;
  write: (line: string) => void;
}

/** As in the pipeline: what a story's new article is compared with. */
const ARTICLES_PER_STORY = 20;
const OPENING = 1_000;
const DAY_MS = 86_400_000;

/**
 * `rasid stories`: `{id, story, isNew}` for each line, decided before the next is read; `story` is the id of that story's first
 * article. A bad line gives `{id?, error}` in its place.
 * @returns the exit code: 1 when a line was bad.
 */
export async function runStories(o: StoriesOptions): Promise<number> {
  const encoder = createEncoder({ model: o.model });
  const clusterer = createClusterer(encoder.heads.story);
  let code = 0;
  try {
    for await (const line of readArticleLines(o.file)) {
      const [analysis] = 'article' in line ? await analyseArticles(encoder, [line.article]) : [];
      if ('article' in line && analysis) {
        // An id may be a number, and 7 is not "7": each keeps its JSON form within, and gets it back.
        const { story, isNew } = clusterer(JSON.stringify(line.id), line.article, analysis);
        o.write(JSON.stringify({ id: line.id, story: JSON.parse(story), isNew }));
      } else {
        code = 1;
        o.write(JSON.stringify(line));
      }
    }
    return code;
  } finally {
    await encoder.close();
  }
}

/** The articles of a story that was divided, by their ids. */
export interface ClustererDivision {
  stay: string[];
  leave: string[];
  newStory: string;
}

/** Stories kept: those that were added to last. Not by date, since lines may come in any order of time. */
const MOST_STORIES = 50_000;

/**
 * Keeps the stories in memory as the pipeline keeps them in the store. An article without a date counts as new as the newest so far.
 * A story that turns out to be two is divided: what was answered stays answered, and later articles join the one that they tell, the new
 * one by the id of its first article.
 * @param o.nearest compare only with the stories of so many articles nearest in meaning, as the bot does; default: with every story
 * @param o.unlike when a story is divided (cluster/divide-story)
 * @param o.divided is told of each division
 */
export function createClusterer(
  rule: StoryRule,
  o: {
    nearest?: number;
    unlike?: number;
    divided?: (division: ClustererDivision) => void;
  } = {},
) {
  const stories = new Map<string, CandidateStory>();
  const storyOf = new Map<string, string>();
  const index = createVectorIndex();
  let newest: Date | null = null;
  const order = new WeakMap<StoryArticle, number>();
  let count = 0;
  const orderOf = (article: StoryArticle) => order.get(article) ?? 0;

  const candidatesFor = (article: StoryArticle): CandidateStory[] => {
    if (o.nearest === undefined) return [...stories.values()];
    const since = new Date(+article.publishedAt - rule.windowDays * DAY_MS);
    const near = index.nearlyNearest(article.embedding, since, o.nearest);
    const ids = new Set(near.map((id) => storyOf.get(id) ?? ''));
    return [...ids].flatMap((id) => stories.get(id) ?? []);
  };

  const put = (story: CandidateStory, article: StoryArticle) => {
    story.articles = newestOf([...story.articles, article]);
    // The story that was added to last is the last.
    stories.delete(story.id);
    stories.set(story.id, story);
    for (const [oldest] of stories) if (stories.size > MOST_STORIES) stories.delete(oldest);
    if (o.nearest === undefined) return;
    storyOf.set(article.id, story.id);
    const { id, language, publishedAt } = article;
    index.put({ id, language, publishedAt: +publishedAt, title: '' }, article.embedding);
  };

  /** @returns the story that left this one */
  const divide = (story: CandidateStory): CandidateStory | null => {
    const inOrder = [...story.articles].sort((a, b) => orderOf(a) - orderOf(b));
    const [stay, leave] = divideStory(inOrder, rule, o.unlike) ?? [];
    // The ids of the input may come twice: a story's id is never that of another.
    const first = leave?.find(({ id }) => !stories.has(id));
    if (!stay || !leave || !first) return null;
    story.articles = newestOf(stay);
    const left: CandidateStory = { id: first.id, articles: newestOf(leave) };
    stories.set(left.id, left);
    for (const { id } of leave) storyOf.set(id, left.id);
    o.divided?.({ stay: idsOf(stay), leave: idsOf(leave), newStory: left.id });
    return left;
  };

  return (id: string, text: ArticleText, analysis: Analysis): { story: string; isNew: boolean } => {
    const publishedAt = text.publishedAt ?? newest ?? new Date();
    if (newest === null || publishedAt > newest) newest = publishedAt;
    const opening = text.text.slice(0, OPENING);
    const article: StoryArticle = { id, title: text.title, opening, publishedAt, ...analysis };
    count += 1;
    order.set(article, count);
    const { storyId } = assignStory(article, candidatesFor(article), rule);
    const joined = stories.get(storyId ?? '');
    put(joined ?? { id, articles: [] }, article);
    const left = joined ? divide(joined) : null;
    const story = left?.articles.includes(article) ? left : joined;
    return { story: story?.id ?? id, isNew: joined === undefined };
  };
}

function newestOf(articles: StoryArticle[]): StoryArticle[] {
  return articles.sort((a, b) => +a.publishedAt - +b.publishedAt).slice(-ARTICLES_PER_STORY);
}

function idsOf(articles: StoryArticle[]): string[] {
  return articles.map(({ id }) => id);
}
