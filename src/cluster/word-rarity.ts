import { hashUnits } from '../models/folded-words.ts';

/** One unit of a byte of `idf.bin`. */
const STEP = 1 / 16;

/** The idf of a folded word: log of how many articles there are for one that has it. @param idf the bytes of `idf.bin` */
export function rarityOf(word: string, idf: Uint8Array): number {
  const hash = hashUnits(word);
  return (idf[((hash ^ (hash >>> 16)) >>> 0) % idf.length] ?? 0) * STEP;
}
