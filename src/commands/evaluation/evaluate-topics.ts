import { TOPICS, type Topic } from '../../domain/topic.ts';
import { countAnswers, mean, scoresOf } from './measures.ts';

/** An annotated cyber article: the topics that readers gave it, and those that the model gave it. */
export interface TopicCase {
  gold: string[];
  found: string[];
}

/** Topics with fewer examples say nothing about the model. */
const LEAST_EXAMPLES = 5;

/** F1 of each topic, and their mean over topics with five examples or more. */
export function evaluateTopics(cases: TopicCase[]) {
  const topics: Partial<
    Record<Topic, { f1: number; precision: number; recall: number; examples: number }>
  > = {};
  for (const topic of TOPICS) {
    const answers = cases.map(({ gold, found }) => ({
      said: found.includes(topic),
      is: gold.includes(topic),
    }));
    const examples = answers.filter(({ is }) => is).length;
    topics[topic] = { ...scoresOf(countAnswers(answers)), examples };
  }
  const counted = Object.values(topics).filter(({ examples }) => examples >= LEAST_EXAMPLES);
  return {
    articles: cases.length,
    macroF1: mean(counted.map(({ f1 }) => f1)),
    countedTopics: counted.length,
    topics,
  };
}
