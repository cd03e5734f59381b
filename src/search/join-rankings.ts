/**
 * Joins what was found by words and by meaning: the cosine of the vectors (0 to 1) and, on top of it, `bonus` times the square of the
 * share of the question's words that an article holds. So a report that holds the very name asked for comes before those that are merely
 * about the like, and one that holds a common word of three does not. (Reciprocal rank fusion was tried first, and was worse than
 * meaning alone: it does not see how far apart two ranks are.)
 * @param byWords the share of each article that holds any of the words
 * @param cosineOf null for an article that has no vector yet
 * @returns ids with their score, best first; scores are comparable within one answer only
 */
export function joinRankings(
  byWords: ReadonlyMap<string, number>,
  byMeaning: readonly string[],
  o: { bonus: number; cosineOf(id: string): number | null },
): { id: string; rank: number }[] {
  return [...new Set([...byMeaning, ...byWords.keys()])]
    .map((id) => ({ id, rank: (o.cosineOf(id) ?? 0) + o.bonus * (byWords.get(id) ?? 0) ** 2 }))
    .sort((a, b) => b.rank - a.rank || Number(b.id) - Number(a.id));
}
