import type { Calibration } from '../models/heads.ts';

/** The probability of a logit: linear between the points of the curve, constant outside them (docs/model-contract.md). */
export function calibrate(logit: number, { logit: x, probability: y }: Calibration): number {
  const above = x.findIndex((point) => point >= logit);
  if (above <= 0) return (above === 0 ? y[0] : y.at(-1)) ?? 0;
  const [x0 = 0, x1 = 0] = [x[above - 1], x[above]];
  const [y0 = 0, y1 = 0] = [y[above - 1], y[above]];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (logit - x0)) / (x1 - x0);
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
