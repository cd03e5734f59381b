import type { NgramModel } from '../../classify/ngrams.ts';
import type { Analysis } from '../../domain/article.ts';
import { keywordsSayCyber } from './keyword-baseline.ts';
import type { LabelledRow } from './labelled-data.ts';
import { bootstrap, calibrationError, countAnswers, scoresOf } from './measures.ts';

export interface Judged {
  row: LabelledRow;
  analysis: Analysis;
}

interface Answer {
  said: boolean;
  is: boolean;
}

/** Cyber or not, beside the keywords and the n-grams alone: by language, by file and by year; hard negatives; short items; calibration. */
export function evaluateCyber(judged: Judged[], ngrams: NgramModel | null) {
  const ofLanguage = (language: 'ar' | 'en') => judged.filter(({ row }) => row.lang === language);
  return {
    ar: both(ofLanguage('ar'), ngrams),
    en: both(ofLanguage('en'), ngrams),
    arabicHardNegativesRefused: refused(judged, 'ar_hard_negatives_lexical'),
    agNewsFound: found(judged, 'en_agnews_short'),
    calibrationError: calibrationError(
      judged.map(({ row, analysis }) => ({ score: analysis.cyber.score, is: isCyber(row) })),
    ),
    byFile: groupAccuracy(judged, ({ row }) => row.file),
    byYear: groupAccuracy(
      judged,
      ({ row }) => /\b(?:19|20)\d\d\b/u.exec(row.date)?.[0] ?? 'undated',
    ),
    mistakes: judged
      .filter(({ row, analysis }) => analysis.cyber.isCyber !== isCyber(row))
      .map(({ row, analysis }) => ({
        id: row.id,
        file: row.file,
        title: row.title,
        score: analysis.cyber.score,
      })),
  };
}

function isCyber(row: LabelledRow): boolean {
  return row.label === 'cyber';
}

function both(judged: Judged[], ngrams: NgramModel | null) {
  return {
    texts: judged.length,
    cyber: judged.filter(({ row }) => isCyber(row)).length,
    model: withInterval(
      judged.map(({ row, analysis }) => ({ said: analysis.cyber.isCyber, is: isCyber(row) })),
    ),
    /** The n-gram model alone: null when this build averages none. */
    ngrams:
      ngrams &&
      withInterval(
        judged.map(({ row }) => ({ said: ngrams(row.title, row.text) > 0, is: isCyber(row) })),
      ),
    keywords: withInterval(
      judged.map(({ row }) => ({ said: keywordsSayCyber(row.title, row.text), is: isCyber(row) })),
    ),
  };
}

function withInterval(answers: Answer[]) {
  const f1 = (sample: Answer[]) => scoresOf(countAnswers(sample)).f1;
  return { ...scoresOf(countAnswers(answers)), interval: bootstrap(answers, f1) };
}

function refused(judged: Judged[], file: string) {
  const rows = judged.filter(({ row }) => row.file === file && !isCyber(row));
  return {
    model: rows.filter(({ analysis }) => !analysis.cyber.isCyber).length,
    keywords: rows.filter(({ row }) => !keywordsSayCyber(row.title, row.text)).length,
    of: rows.length,
  };
}

function found(judged: Judged[], file: string) {
  const rows = judged.filter(({ row }) => row.file === file && isCyber(row));
  return {
    model: rows.filter(({ analysis }) => analysis.cyber.isCyber).length,
    keywords: rows.filter(({ row }) => keywordsSayCyber(row.title, row.text)).length,
    of: rows.length,
  };
}

function groupAccuracy(judged: Judged[], keyOf: (one: Judged) => string) {
  const groups: Record<string, { right: number; of: number }> = {};
  for (const one of judged) {
    const key = keyOf(one);
    groups[key] ??= { right: 0, of: 0 };
    groups[key].of += 1;
    if (one.analysis.cyber.isCyber === isCyber(one.row)) groups[key].right += 1;
  }
  return groups;
}
