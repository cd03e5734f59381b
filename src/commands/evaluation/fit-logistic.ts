/** One example: its features, whether it is true, and how much it counts. */
export interface Example {
  features: number[];
  is: boolean;
  weight: number;
}

const STEPS = 30;

/**
 * Logistic regression by Newton's method: [bias, a weight for each feature].
 * @param ridge penalty on the squares of the weights, on the scale of weights that sum to one
 */
export function fitLogistic(examples: Example[], ridge: number): number[] {
  const size = (examples[0]?.features.length ?? 0) + 1;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const { gradient, curvature } = slopes(examples, weights, ridge);
    const change = solve(curvature, gradient);
    weights = weights.map((weight, k) => weight - (change[k] ?? 0));
  }
  return weights;
}

function slopes(examples: Example[], weights: number[], ridge: number) {
  const gradient = weights.map((weight, k) => (k === 0 ? 0 : ridge * weight));
  const curvature = weights.map((_, k) => weights.map((_other, l) => (k === l ? ridge : 0)));
  for (const { features, is, weight } of examples) {
    const inputs = [1, ...features];
    const logit = inputs.reduce((sum, input, k) => sum + input * (weights[k] ?? 0), 0);
    const probability = 1 / (1 + Math.exp(-logit));
    const error = weight * (probability - (is ? 1 : 0));
    const bend = weight * probability * (1 - probability);
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
