import { prepareForModel } from '../../language/normalise-arabic.ts';
import { foldedWords } from '../../models/folded-words.ts';
import { f1, pairsOf } from '../../summarise/likely-words.ts';

export interface Rouge {
  r1: number;
  r2: number;
  rl: number;
}

/** ROUGE-1, -2 and -L F1 (Lin, 2004) over folded words, without stemming. */
export function rouge(candidate: string, reference: string): Rouge {
  const a = foldedWords(prepareForModel(candidate));
  const b = foldedWords(prepareForModel(reference));
  return {
    r1: overlapF1(a, b),
    r2: overlapF1(pairsOf(a), pairsOf(b)),
    rl: f1(longestCommon(a, b), a.length, b.length),
  };
}

function overlapF1(a: string[], b: string[]): number {
  const left = new Map<string, number>();
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of a) {
    const count = left.get(word) ?? 0;
    if (count > 0) shared += 1;
    left.set(word, count - 1);
  }
  return f1(shared, a.length, b.length);
}

function longestCommon(a: string[], b: string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    for (const [j, other] of b.entries()) {
      next.push(word === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
