import { ModelError } from '../domain/errors.ts';
import type { Language } from '../domain/feed.ts';
import { type ScoredTopic, TOPICS } from '../domain/topic.ts';
import type { Heads } from '../models/heads.ts';
import type { EncodedText } from '../models/read-outputs.ts';
import { calibrate, sigmoid } from './calibrate.ts';
import { type Cues, findTopicCues } from './topic-cues.ts';

export interface Classification {
  /** `score` is a calibrated probability: among articles scored 0.8, about 80% are cyber. */
  cyber: { isCyber: boolean; score: number; threshold: number };
  /** The topics over their thresholds, most probable first; none for an article that is not cyber. */
  topics: ScoredTopic[];
}

/** In a language that the model never learned, its score says little: it is drawn halfway to "don't know" and never passes. */
const DOUBT = 0.5;

/**
 * Whether an article is a cyber story, and about what.
 * @param ngramLogit the n-gram model's logit, or null where the heads have none
 * @throws ModelError `model-without-heads` for a model of the hub, which gives vectors only
 */
export function classifyArticle(
  encoded: Pick<EncodedText, 'cyberLogit' | 'topicLogits'>,
  o: {
    language: Language;
    heads: Heads;
    ngramLogit: number | null;
    title: string;
    text: string;
  },
): Classification {
  if (Number.isNaN(encoded.cyberLogit)) {
    throw new ModelError(
      'model-without-heads',
      'this model gives vectors only: whether an article is a cyber story needs a model made by training/',
    );
  }
  const { threshold, calibration, ngrams } = o.heads.cyber;
  const share = ngrams && o.ngramLogit !== null ? ngrams.weight : 0;
  const logit = (1 - share) * encoded.cyberLogit + share * (o.ngramLogit ?? 0);
  const probability = calibrate(logit, calibration);
  if (o.language === 'other') {
    const score = Math.min(DOUBT * probability, threshold * DOUBT);
    return { cyber: { isCyber: false, score, threshold }, topics: [] };
  }
  const isCyber = probability >= threshold;
  return {
    cyber: { isCyber, score: probability, threshold },
    topics: isCyber
      ? scoreTopics(encoded.topicLogits, findTopicCues(o.title, o.text), o.heads)
      : [],
  };
}

function scoreTopics(logits: number[], cues: Cues[], heads: Heads): ScoredTopic[] {
  return heads.topics
    .map((rule, i) => ({
      topic: rule.name,
      score: sigmoid(
        rule.scale * (logits[i] ?? 0) +
          rule.title * (cues[TOPICS.indexOf(rule.name)]?.title ?? 0) +
          rule.body * (cues[TOPICS.indexOf(rule.name)]?.body ?? 0) +
          rule.shift,
      ),
      threshold: rule.threshold,
    }))
    .filter(({ score, threshold }) => score > threshold)
    .sort((a, b) => b.score - a.score)
    .map(({ topic, score }) => ({ topic, score }));
}
