import { severityRank } from '../domain/severity.ts';
import type { Story } from '../domain/story.ts';

/** The stories of one digest, however many: those that are shown, and what is counted and noted of all. */
export interface GatheredStories {
  /** The first ones in the order of a digest: most severe first, then the widest told, then the newest. */
  shown: Story[];
  storyIds: string[];
  articleIds: string[];
  criticalCount: number;
  sourceCount: number;
}

/**
 * Takes stories as they are read, in any order. Of those that come after the first `limit` only the ids are kept, so that a window with
 * many thousands takes no more memory than one with a few.
 */
export function createGathering(limit: number) {
  let shown: Story[] = [];
  const storyIds: string[] = [];
  const articleIds: string[] = [];
  const outlets = new Set<string>();
  let criticalCount = 0;
  return {
    add(stories: Story[]): void {
      for (const { id, severity, reports } of stories) {
        storyIds.push(id);
        if (severity.level === 'critical') criticalCount += 1;
        for (const { articleId, outlet } of reports) {
          articleIds.push(articleId);
          outlets.add(outlet);
        }
      }
      shown = [...shown, ...stories].sort(compareStories).slice(0, limit);
    },
    gathered: (): GatheredStories => ({
      ...{ shown, storyIds, articleIds, criticalCount, sourceCount: outlets.size },
    }),
  };
}

function compareStories(a: Story, b: Story): number {
  return (
    severityRank(b.severity.level) - severityRank(a.severity.level) ||
    outletCount(b) - outletCount(a) ||
    b.firstPublishedAt.getTime() - a.firstPublishedAt.getTime() ||
    Number(a.id) - Number(b.id)
  );
}

function outletCount(story: Story): number {
  return new Set(story.reports.map((report) => report.outlet)).size;
}
