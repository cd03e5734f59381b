import { parseDate } from '../feeds/parse-date.ts';

/** A month without a day: its middle is nearest to all of its days. */
const MONTH = /^\d{4}-\d{2}$/u;

/**
 * The date of a row of labelled data or of an input line: as feeds write it, or `2018_10_09` as CASIE does, or a month alone, which
 * stands for its 15th. Undefined for what is no date: what an article says about itself is seldom worth refusing it.
 */
export function readDate(written: string | null | undefined): Date | undefined {
  const text = (written ?? '').trim().replaceAll('_', '-');
  return parseDate(MONTH.test(text) ? `${text}-15` : text) ?? undefined;
}
