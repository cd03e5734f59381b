import { normaliseForMatching } from '../language/normalise-arabic.ts';

/** Dashes that publishers' editors put in place of the hyphen. */
const CVE = /\bcve[\s\u00ad_:-]{0,2}(\d{4})[\s\u00ad_-]{1,2}(\d{4,7})(?!\d)/gu;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/gu;
/** The list began in 1999; a number is padded to four digits and not beyond. */
const FIRST_YEAR = 1999;
const LAST_YEAR = 2099;

/** CVE ids in their checked form (CVE-YYYY-NNNN), in order of appearance, each once. Reads Arabic-Indic digits too. */
export function extractCves(text: string): string[] {
  const found = new Set<string>();
  for (const match of normaliseForMatching(text).replace(DASHES, '-').matchAll(CVE)) {
    const [, year = '', number = ''] = match;
    const isChecked =
      Number(year) >= FIRST_YEAR &&
      Number(year) <= LAST_YEAR &&
      (number.length === 4 || !number.startsWith('0'));
    if (isChecked) found.add(`CVE-${year}-${number}`);
  }
  return [...found];
}
