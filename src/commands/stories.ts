import { assignStory, type StoryRule } from '../cluster/assign-story.ts';
import type { Analysis, ArticleText } from '../domain/article.ts';
import type { CandidateStory, StoryArticle } from '../domain/story.ts';
import { createEncoder } from '../models/encoder.ts';
import { analyseArticles } from '../pipeline/analyse-article.ts';
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

/**
 * Keeps the stories in memory as the pipeline keeps them in the store: the newest articles of each, and only stories within the
 * rule's window of the newest article seen. An article without a date counts as new as the newest so far.
 */
export function createClusterer(rule: StoryRule) {
  let stories: CandidateStory[] = [];
  let newest: Date | null = null;

  return (id: string, text: ArticleText, analysis: Analysis): { story: string; isNew: boolean } => {
    const publishedAt = text.publishedAt ?? newest ?? new Date();
    if (newest === null || publishedAt > newest) newest = publishedAt;
    const oldest = newest.getTime() - 2 * rule.windowDays * DAY_MS;
    stories = stories.filter((story) =>
      story.articles.some((other) => +other.publishedAt >= oldest),
    );
    const article: StoryArticle = {
      id,
      title: text.title,
      opening: text.text.slice(0, OPENING),
      publishedAt,
      ...analysis,
    };
    const { storyId } = assignStory(article, stories, rule);
    const joined = stories.find((story) => story.id === storyId);
    if (!joined) {
      stories.push({ id, articles: [article] });
      return { story: id, isNew: true };
    }
    joined.articles = newestOf([...joined.articles, article]);
    return { story: joined.id, isNew: false };
  };
}

function newestOf(articles: StoryArticle[]): StoryArticle[] {
  return articles.sort((a, b) => +a.publishedAt - +b.publishedAt).slice(-ARTICLES_PER_STORY);
}
