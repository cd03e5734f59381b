import type { StoryReport } from '../domain/story.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import { splitSentences } from '../language/split-sentences.ts';

/** As an article's own summary: what an embed shows well. */
const MOST_CHARACTERS = 400;
const MOST_SENTENCES = 3;
/** A long-running story has hundreds of reports; what is new stands in the newest. */
const MOST_REPORTS = 20;
/** A sentence with fewer words of its own than this share says again what is said. */
const LEAST_NEW = 0.5;

const CLOSED = /[.!?؟۔…:]["'”’»)\]]*$/u;

interface Told {
  text: string;
  words: Set<string>;
}

/**
 * What the reports of a story say in one language, newest facts first: the first sentence of each, from the newest to the oldest, then what room
 * is left for of the others, without what repeats. Only sentences of the reports' own summaries, at most 400 characters; one report's summary
 * stays as it is.
 */
export function summariseStory(
  reports: readonly Pick<StoryReport, 'language' | 'summary' | 'publishedAt'>[],
  language: StoryReport['language'],
): string {
  const told = reports
    .filter((report) => report.language === language && report.summary !== '')
    .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime());
  const [newest] = told;
  if (!newest || told.length === 1) return newest?.summary ?? '';
  const summaries = told.slice(0, MOST_REPORTS).map(({ summary }) => splitSentences(summary));
  const chosen: Told[] = [];
  for (const text of [
    ...summaries.flatMap((sentences) => sentences.slice(0, 1)),
    ...summaries.flatMap((sentences) => sentences.slice(1)),
  ]) {
    const sentence = { text, words: wordsOf(text) };
    if (chosen.length < MOST_SENTENCES && fits(sentence, chosen) && isNew(sentence, chosen)) {
      chosen.push(sentence);
    }
  }
  return chosen.length === 0 ? newest.summary : join(chosen);
}

/** A feed's excerpt may be a headline, without a full stop: it gets one where another sentence follows. */
function join(chosen: Told[]): string {
  return chosen
    .map(({ text }, i) => (i < chosen.length - 1 && !CLOSED.test(text) ? `${text}.` : text))
    .join(' ');
}

function wordsOf(text: string): Set<string> {
  return new Set(normaliseForMatching(text).match(/[\p{L}\p{N}]{2,}/gu) ?? []);
}

function fits(sentence: Told, chosen: Told[]): boolean {
  const taken = chosen.reduce((sum, { text }) => sum + text.length + '. '.length, 0);
  return taken + sentence.text.length <= MOST_CHARACTERS;
}

function isNew(sentence: Told, chosen: Told[]): boolean {
  const said = new Set(chosen.flatMap(({ words }) => [...words]));
  const own = [...sentence.words].filter((word) => !said.has(word));
  return own.length > 0 && own.length >= LEAST_NEW * sentence.words.size;
}
