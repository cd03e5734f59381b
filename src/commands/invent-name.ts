const SYLLABLES = 'tar vo len qui ras mon del fa zu kor bi sha ner po wex ja lum ood ghe rin'.split(
  ' ',
);

/** A name that few other numbers have: its digits to the base of the syllables. */
export function inventName(number: number, length: number): string {
  let rest = number * 37 + 11;
  let name = '';
  for (let syllable = 0; syllable < length; syllable += 1) {
    name += pick(SYLLABLES, rest);
    rest = Math.floor(rest / SYLLABLES.length) + number;
  }
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The items of a list in turn. */
export function pick<T>(list: T[], number: number): T {
  const value = list[number % list.length];
  if (value === undefined) throw new RangeError('an empty list');
  return value;
}
