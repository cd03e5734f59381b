import { splitSentences } from '../../language/split-sentences.ts';
import { bootstrap, type Interval, mean } from './measures.ts';
import { type Rouge, rouge } from './rouge.ts';

/** An article, its summary by the model, and one by each editor. */
export interface SummaryCase {
  text: string;
  summary: string;
  references: string[];
}

/** Mean ROUGE F1 over all references, beside the first one, two and three sentences of the same articles. */
export function evaluateSummaries(cases: SummaryCase[]) {
  const lead = (count: number) =>
    meanRouge(cases, ({ text }) => splitSentences(text).slice(0, count).join(' '));
  return {
    articles: cases.length,
    references: cases.reduce((sum, { references }) => sum + references.length, 0),
    model: meanRouge(cases, ({ summary }) => summary),
    firstSentence: lead(1),
    firstTwo: lead(2),
    firstThree: lead(3),
  };
}

function meanRouge(
  cases: SummaryCase[],
  summarise: (one: SummaryCase) => string,
): Rouge & { interval: Interval } {
  const scores = cases.flatMap((one) => {
    const summary = summarise(one);
    return one.references.map((reference) => rouge(summary, reference));
  });
  const of = (key: keyof Rouge) => mean(scores.map((score) => score[key]));
  return {
    r1: of('r1'),
    r2: of('r2'),
    rl: of('rl'),
    interval: bootstrap(scores, (sample) => mean(sample.map(({ r1 }) => r1))),
  };
}
