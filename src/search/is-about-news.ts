import type { QuestionRule } from '../models/heads.ts';

/**
 * Whether a question is about cyber news at all, or about football: by what the classifier says of it and by how near the nearest stored
 * article is. Neither will do alone: the classifier has little to go by in a word or two, and among very many articles something is near to
 * anything. A floor for each article's cosine was tried first: where it refused most of what is about something else, it took
 * many right answers.
 * @param question its `cyberLogit`, and the `cosine` of the nearest article
 */
export function isAboutNews(
  question: { cyberLogit: number; cosine: number },
  { bias, ...weights }: QuestionRule,
): boolean {
  return bias + weights.cyberLogit * question.cyberLogit + weights.cosine * question.cosine >= 0;
}
