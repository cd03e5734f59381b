import type { SeverityLevel } from '../domain/severity.ts';
import type { Story } from '../domain/story.ts';
import type { Topic } from '../domain/topic.ts';

export interface TopicCount {
  topic: Topic;
  total: number;
  bySeverity: Record<SeverityLevel, number>;
}

export interface StoryCounts {
  stories: number;
  articles: number;
  sources: number;
  /** The most frequent first; a story counts for its surest topic. */
  topics: TopicCount[];
  /** Outlets by the number of stories that they told, the most first. */
  outlets: { name: string; stories: number }[];
}

export function countStories(stories: Story[]): StoryCounts {
  const topics = new Map<Topic, TopicCount>();
  const outlets = new Map<string, number>();
  for (const story of stories) {
    const [surest] = [...story.topics].sort((a, b) => b.score - a.score);
    if (surest !== undefined) addTopic(topics, surest.topic, story.severity.level);
    for (const name of new Set(story.reports.map((report) => report.outlet))) {
      outlets.set(name, (outlets.get(name) ?? 0) + 1);
    }
  }
  return {
    stories: stories.length,
    articles: stories.reduce((sum, story) => sum + story.reports.length, 0),
    sources: outlets.size,
    topics: [...topics.values()].sort((a, b) => b.total - a.total),
    outlets: [...outlets]
      .map(([name, told]) => ({ name, stories: told }))
      .sort((a, b) => b.stories - a.stories || a.name.localeCompare(b.name)),
  };
}

function addTopic(topics: Map<Topic, TopicCount>, topic: Topic, level: SeverityLevel): void {
  const none = { low: 0, medium: 0, high: 0, critical: 0 };
  const count = topics.get(topic) ?? { topic, total: 0, bySeverity: none };
  count.total += 1;
  count.bySeverity[level] += 1;
  topics.set(topic, count);
}
