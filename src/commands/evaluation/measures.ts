import { seededRandom } from '../../domain/seeded-random.ts';

/** Right and wrong answers of one yes/no question. */
export interface Counts {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
}

export interface Scores {
  precision: number;
  recall: number;
  f1: number;
}

export function scoresOf({ truePositives, falsePositives, falseNegatives }: Counts): Scores {
  const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + falseNegatives),
    f1: ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  };
}

export function countAnswers(answers: { said: boolean; is: boolean }[]): Counts {
  const count = (said: boolean, is: boolean) =>
    answers.filter((answer) => answer.said === said && answer.is === is).length;
  return {
    truePositives: count(true, true),
    falsePositives: count(true, false),
    falseNegatives: count(false, true),
  };
}

/** Expected calibration error over ten bins of equal width: mean distance of score and truth, weighted by the bins' sizes. */
export function calibrationError(answers: { score: number; is: boolean }[]): number {
  const bins = Array.from({ length: 10 }, () => ({ score: 0, positive: 0 }));
  for (const { score, is } of answers) {
    const bin = bins[Math.min(9, Math.floor(score * 10))];
    if (!bin) continue;
    bin.score += score;
    bin.positive += is ? 1 : 0;
  }
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.score - bin.positive), 0);
  return answers.length === 0 ? 0 : off / answers.length;
}

/** How well one item is clustered: the share of its cluster that is of its kind, and of its kind that is in its cluster. */
export interface BCubedItem {
  precision: number;
  recall: number;
}

/** B-cubed of each item (Bagga and Baldwin, 1998), given both clusterings as a label for each. */
export function bCubedItems(items: { found: string; is: string }[]): BCubedItem[] {
  const share = (item: (typeof items)[number], of: 'found' | 'is', other: 'found' | 'is') => {
    const together = items.filter((candidate) => candidate[of] === item[of]);
    return (
      together.filter((candidate) => candidate[other] === item[other]).length / together.length
    );
  };
  return items.map((item) => ({
    precision: share(item, 'found', 'is'),
    recall: share(item, 'is', 'found'),
  }));
}

export function bCubed(items: BCubedItem[]): Scores {
  const precision = mean(items.map((item) => item.precision));
  const recall = mean(items.map((item) => item.recall));
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

export type Interval = [low: number, high: number];

const RESAMPLES = 500;
const SEED = 20_261_124;

/** The 95% interval of a figure by drawing the items again with replacement; seeded, so that a run can be repeated. */
export function bootstrap<T>(items: T[], figure: (sample: T[]) => number): Interval {
  if (items.length === 0) return [0, 0];
  const random = seededRandom(SEED);
  const figures = Array.from({ length: RESAMPLES }, () =>
    figure(Array.from(items, () => items[Math.floor(random() * items.length)] as T)),
  ).sort((a, b) => a - b);
  const at = (share: number) => figures[Math.floor(share * (RESAMPLES - 1))] ?? 0;
  return [at(0.025), at(0.975)];
}

export const mean = (values: number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
