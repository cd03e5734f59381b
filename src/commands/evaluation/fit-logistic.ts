/** One example: its features, whether it is true, and how much it counts. */
export interface Example {
  features: number[];
  is: boolean;
  weight: number;
  /** Added to its logit: what is known already. */
  offset?: number;
}

const STEPS = 30;
/** Halvings of a step that would lead uphill. */
const HALVINGS = 12;

/**
 * Logistic regression by Newton's method: [bias, a weight for each feature].
 * @param ridge penalty on the squares of the weights, on the scale of weights that sum to one
 */
export function fitLogistic(examples: Example[], ridge: number): number[] {
  const size = (examples[0]?.features.length ?? 0) + 1;
  let weights = new Array<number>(size).fill(0);
  let loss = lossOf(examples, weights, ridge);
  for (let step = 0; step < STEPS; step++) {
    const { gradient, curvature } = slopes(examples, weights, ridge);
    const change = solve(curvature, gradient);
    for (let halving = 0; halving < HALVINGS; halving++) {
      const next = weights.map((weight, k) => weight - (change[k] ?? 0) / 2 ** halving);
      const nextLoss = lossOf(examples, next, ridge);
      if (!(nextLoss < loss)) continue;
      [weights, loss] = [next, nextLoss];
      break;
    }
  }
  return weights;
}

function logitOf({ features, offset = 0 }: Example, weights: number[]): number {
  return features.reduce(
    (sum, feature, k) => sum + feature * (weights[k + 1] ?? 0),
    offset + (weights[0] ?? 0),
  );
}

function lossOf(examples: Example[], weights: number[], ridge: number): number {
  const penalty = weights.slice(1).reduce((sum, weight) => sum + (ridge * weight * weight) / 2, 0);
  return examples.reduce((sum, example) => {
    const margin = logitOf(example, weights) * (example.is ? -1 : 1);
    return sum + example.weight * (Math.max(0, margin) + Math.log1p(Math.exp(-Math.abs(margin))));
  }, penalty);
}

function slopes(examples: Example[], weights: number[], ridge: number) {
  const gradient = weights.map((weight, k) => (k === 0 ? 0 : ridge * weight));
  // The bias is not held back; a trace keeps the matrix solvable where every example is sure.
  const curvature = weights.map((_, k) =>
    weights.map((_other, l) => (k === l ? Math.max(k === 0 ? 0 : ridge, 1e-9) : 0)),
  );
  for (const example of examples) {
    const inputs = [1, ...example.features];
    const probability = 1 / (1 + Math.exp(-logitOf(example, weights)));
    const error = example.weight * (probability - (example.is ? 1 : 0));
    const bend = example.weight * probability * (1 - probability);
    for (const [k, input] of inputs.entries()) {
      gradient[k] = (gradient[k] ?? 0) + error * input;
      const row = curvature[k] ?? [];
      for (const [l, other] of inputs.entries()) row[l] = (row[l] ?? 0) + bend * input * other;
    }
  }
  return { gradient, curvature };
}

/** Gauss and Jordan; the matrix is positive definite, so the diagonal serves as pivot. */
function solve(matrix: number[][], target: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, target[i] ?? 0]);
  for (const [i, pivotRow] of rows.entries()) {
    const pivot = pivotRow[i] ?? 1;
    for (const [r, row] of rows.entries()) {
      if (r === i) continue;
      const share = (row[i] ?? 0) / pivot;
      for (const [c, value] of pivotRow.entries()) row[c] = (row[c] ?? 0) - share * value;
    }
  }
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1));
}
