import { findTopicCues } from '../classify/topic-cues.ts';
import { TOPICS } from '../domain/topic.ts';
import { prepareForModel } from '../language/normalise-arabic.ts';
import { splitSentences } from '../language/split-sentences.ts';
import { createEncoder, type Encoder } from '../models/encoder.ts';
import { type Example, fitLogistic } from './evaluation/fit-logistic.ts';
import { readLabelledData } from './evaluation/labelled-data.ts';
import { countAnswers, scoresOf } from './evaluation/measures.ts';
import { writeHeads } from './evaluation/write-heads.ts';

export interface FitTopicsOptions {
  /** The folder of the labelled data. */
  data: string;
  /** The setting `RASID_MODEL`. */
  model: string;
  /** Write them to `heads.json` too. */
  save?: boolean | undefined;
  write: (line: string) => void;
}

const RIDGE = 1e-3;
const BATCH = 128;
/** The encoder has seen the train part, so that its logits there are surer than they will be: dev counts double. */
const DEV_WEIGHT = 2;
/** Of equal thresholds the lowest; none near 0 or 1, where few examples decide. */
const THRESHOLDS = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5];

interface Reading {
  gold: string[];
  weight: number;
  /** For each topic, in the graph's order: the encoder's logit, and its words in title and text. */
  features: number[][];
}

/**
 * Finds what the encoder's logit and the words of each topic are worth, and the threshold with the best F1, on the annotated cyber articles of the
 * train and dev parts, and prints `heads.topics` as JSON.
 * @returns the exit code
 */
export async function runFitTopics(o: FitTopicsOptions): Promise<number> {
  const encoder = createEncoder({ model: o.model });
  try {
    const readings = await readArticles(encoder, o.data);
    const topics = encoder.heads.topics.map(({ name }, i) => fitTopic(name, i, readings));
    if (o.save && encoder.folder !== null) writeHeads(encoder.folder, { topics });
    o.write(JSON.stringify(topics));
    return 0;
  } finally {
    await encoder.close();
  }
}

async function readArticles(encoder: Encoder, folder: string): Promise<Reading[]> {
  const data = readLabelledData(folder);
  const rows = data.annotated.filter(
    (row) => data.part(row) !== 'test' && data.annotations.get(row.id)?.label === 'cyber',
  );
  const readings: Reading[] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    const encoded = await encoder.encode(
      batch.map(({ title, text }) => ({
        title: prepareForModel(title),
        sentences: splitSentences(text).map(prepareForModel),
      })),
    );
    for (const [i, row] of batch.entries()) {
      const cues = findTopicCues(row.title, row.text);
      readings.push({
        gold: data.annotations.get(row.id)?.topics ?? [],
        weight: data.part(row) === 'dev' ? DEV_WEIGHT : 1,
        features: encoder.heads.topics.map(({ name }, place) => {
          const { title = 0, body = 0 } = cues[TOPICS.indexOf(name)] ?? {};
          return [encoded[i]?.topicLogits[place] ?? 0, title, body];
        }),
      });
    }
  }
  return readings;
}

function fitTopic(name: string, topic: number, readings: Reading[]) {
  const examples: Example[] = readings.map(({ gold, weight, features }) => ({
    features: features[topic] ?? [],
    is: gold.includes(name),
    weight: weight / readings.length,
  }));
  const [shift = 0, scale = 0, title = 0, body = 0] = fitLogistic(examples, RIDGE).map((value) =>
    Number(value.toFixed(3)),
  );
  const scored = examples.map(({ features: [logit = 0, inTitle = 0, inBody = 0], is }) => ({
    is,
    score: 1 / (1 + Math.exp(-(shift + scale * logit + title * inTitle + body * inBody))),
  }));
  const f1At = (threshold: number) =>
    scoresOf(countAnswers(scored.map(({ is, score }) => ({ is, said: score > threshold })))).f1;
  const best = Math.max(...THRESHOLDS.map(f1At));
  const threshold = THRESHOLDS.find((value) => f1At(value) === best) ?? 0.5;
  return { name, threshold, scale, shift, title, body };
}
