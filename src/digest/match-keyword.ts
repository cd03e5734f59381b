import type { Language } from '../domain/feed.ts';
import { type SeverityLevel, severityRank } from '../domain/severity.ts';
import type { Topic } from '../domain/topic.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';
import type { KeywordQuery } from './parse-keyword.ts';

/**
 * What Arabic writes on the front of a word: و ف (and, so), ب ك ل (in, like, for), then the article. A lone letter is taken
 * for a particle only before four or more: فدية and بنوك begin with one that is theirs.
 */
const BEFORE_ARTICLE = /^[وف]?(?:لل|[بكل]?ال)(?=\p{Script=Arabic}{3,}$)/u;
const LONE_PARTICLE = /^[وفبكل]{1,2}?(?=\p{Script=Arabic}{4,}$)/u;

/** What a filter text is asked about. */
export interface KeywordSubject {
  text: string;
  topics: Topic[];
  severity: SeverityLevel;
  languages: Language[];
  outlets: string[];
}

/**
 * Whether a story is what the query asks for. Whole words, without regard to case or to Arabic spelling variants; an
 * Arabic word is also found behind its written-on particles (`بالفدية` for `فدية`); `*` at the end of a word matches any ending.
 */
export function matchKeyword(query: KeywordQuery, subject: KeywordSubject): boolean {
  return matchWords(query, subject, toWords(subject.text));
}

function matchWords(query: KeywordQuery, subject: KeywordSubject, words: string[]): boolean {
  switch (query.kind) {
    case 'term':
      return containsTerm(words, query.text);
    case 'topic':
      return subject.topics.includes(query.topic);
    case 'severity':
      return severityRank(subject.severity) >= severityRank(query.level);
    case 'language':
      return subject.languages.includes(query.language);
    case 'source':
      return subject.outlets.some((outlet) => sameName(outlet, query.outlet));
    case 'not':
      return !matchWords(query.operand, subject, words);
    case 'and':
      return query.operands.every((operand) => matchWords(operand, subject, words));
    case 'or':
      return query.operands.some((operand) => matchWords(operand, subject, words));
  }
}

function sameName(a: string, b: string): boolean {
  return normaliseForMatching(a) === normaliseForMatching(b);
}

function toWords(text: string): string[] {
  return normaliseForMatching(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A term of several words, such as a quoted phrase or `CVE-2024-3094`, is found where its words stand side by side. */
function containsTerm(words: string[], term: string): boolean {
  const wanted = toWords(term);
  const anyEnding = term.trim().endsWith('*');
  return words.some((_, start) =>
    wanted.every((word, offset) => {
      const found = words[start + offset];
      const isLast = offset === wanted.length - 1;
      return found !== undefined && sameWord(found, word, anyEnding && isLast);
    }),
  );
}

function sameWord(found: string, wanted: string, anyEnding: boolean): boolean {
  const bare = wanted.replace(BEFORE_ARTICLE, '');
  return [found, found.replace(BEFORE_ARTICLE, ''), found.replace(LONE_PARTICLE, '')].some((form) =>
    [wanted, bare].some((word) => (anyEnding ? form.startsWith(word) : form === word)),
  );
}
