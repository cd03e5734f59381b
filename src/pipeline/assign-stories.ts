import { assignStory, type StoryRule } from '../cluster/assign-story.ts';
import type { StoryArticle } from '../domain/story.ts';
import { lockAnalysedArticles, markClustered } from '../store/article-store.ts';
import type { Database, Queryable } from '../store/db.ts';
import type { Queue } from '../store/queue.ts';
import { addToStory, createStory, lockStories } from '../store/story-store.ts';
import { bringForward } from '../store/subscription-store.ts';
import type { Meters } from '../web/metrics-meters.ts';
import { type Division, divideJoined } from './divide-joined.ts';
import { type NearArticles, type NearStories, readNearStories } from './near-stories.ts';
import { articleLines, type TrailLog } from './step-log.ts';

export interface AssignDeps {
  db: Database;
  queue: Pick<Queue, 'wake'>;
  rule: StoryRule;
  nearArticles: NearArticles;
  log: TrailLog;
  meters?: Meters;
}

/** Articles clustered in one transaction. */
const ARTICLES_PER_STEP = 64;

/**
 * Moves one batch from `analysed` to `clustered`: each cyber article joins a story or begins one, oldest first.
 * One clusterer works at a time, over all processes, because each decision depends on the ones before it.
 * @returns how many articles were taken; 0 when none was waiting.
 */
export async function assignStories(deps: AssignDeps, clock: () => Date): Promise<number> {
  const done = await deps.db.transaction(async (tx) => {
    await lockStories(tx);
    const articles = await lockAnalysedArticles(tx, ARTICLES_PER_STEP);
    if (articles.length === 0) return { count: 0, assigned: [] };
    const unassigned = articles.filter((article) => article.isCyber && article.storyId === null);
    const { nearArticles, rule } = deps;
    const { windowDays } = rule;
    const near = await readNearStories(tx, unassigned, { nearArticles, windowDays });
    const now = clock();
    const assigned: Assigned[] = [];
    for (const article of unassigned) assigned.push(await assignOne(tx, article, near, rule, now));
    await markClustered(
      tx,
      articles.map((article) => article.id),
    );
    if (unassigned.length > 0) {
      await bringForward(tx, { schedule: 'instant', now });
      await deps.queue.wake(tx, 'compose');
    }
    return { count: articles.length, assigned };
  });
  report(deps, done.assigned);
  return done.count;
}

interface Assigned {
  article: string;
  story: string;
  decision: 'joined' | 'begun';
  divided: Division | null;
}

/** After the commit: what was rolled back was not done. */
function report({ log, meters }: AssignDeps, assigned: Assigned[]): void {
  for (const { divided, ...each } of assigned) {
    meters?.clustered(each.decision);
    log.debug(each, 'article put into a story');
    if (divided === null) continue;
    meters?.storyDivided();
    const { articles, ...stories } = divided;
    for (const line of articleLines(articles, stories)) {
      log.info(line, 'story divided: its reports tell two events');
    }
  }
  if (assigned.length === 0) return;
  const ids = assigned.map(({ article }) => article);
  for (const line of articleLines(ids, {})) log.info(line, 'articles put into stories');
}

/** Writes the decision to the database and to `near`, which the next article is compared with. */
async function assignOne(
  tx: Queryable,
  article: StoryArticle,
  near: NearStories,
  rule: StoryRule,
  now: Date,
): Promise<Assigned> {
  const candidates = near.candidatesFor(article);
  const decision = assignStory(article, candidates, rule);
  const joined = candidates.find((story) => story.id === decision.storyId);
  if (joined) {
    await addToStory(tx, joined.id, article.id, now);
    joined.articles.push(article);
    near.touch(joined);
    const divided = await divideJoined(tx, joined, { near, rule, now });
    const story = divided?.articles.includes(article.id) ? divided.newStory : joined.id;
    return { article: article.id, story, decision: 'joined', divided };
  }
  const id = await createStory(tx, article.id, now);
  near.touch({ id, articles: [article] });
  return { article: article.id, story: id, decision: 'begun', divided: null };
}
