/** Constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). */
const FUSION_K = 60;

/**
 * Joins two rankings of ids by reciprocal rank: what both put high comes first. `weight` is the second one's share, 0 to 1.
 * @returns ids with their score, best first; scores are comparable within one answer only.
 */
export function fuseRanks(
  first: readonly string[],
  second: readonly string[],
  weight: number,
): { id: string; rank: number }[] {
  const scores = new Map<string, number>();
  const add = (ids: readonly string[], share: number) => {
    if (share === 0) return;
    for (const [index, id] of ids.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + share / (FUSION_K + index + 1));
    }
  };
  add(first, 1 - weight);
  add(second, weight);
  return [...scores]
    .map(([id, rank]) => ({ id, rank }))
    .sort((a, b) => b.rank - a.rank || Number(b.id) - Number(a.id));
}
