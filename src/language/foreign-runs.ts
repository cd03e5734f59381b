/** A part of a line, in UTF-16 units: `start` inclusive, `end` exclusive. */
export interface Run {
  start: number;
  end: number;
}

/** The last atom of a run, and where the run ends with the closers after it. */
interface ChainEnd {
  last: number;
  end: number;
}

type Kind = 'word' | 'technical' | 'number';

interface Atom extends Run {
  kind: Kind;
}

/** What one direction of line counts as foreign, and what keeps two foreign words together. */
interface Grammar {
  atoms: (text: string) => Atom[];
  /** Between two atoms of one run: spaces and neutral punctuation, none of the line's own separators. */
  gap: RegExp;
  joins: (text: string, left: Atom, right: Atom) => boolean;
}

const RTL_SCRIPTS =
  '\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}';
/** A mark counts only after its letter: Arabic vowel signs are of no script of their own, and an isolate at one would tear its word. */
const LTR_UNIT = `(?:(?![${RTL_SCRIPTS}ـ])\\p{L}\\p{M}*|[0-9])`;

/** What a word may begin with: @name, $4.5, and, where no letter or digit stands before it, -12.5, /latest, __init__.py. */
const LTR_LEAD = '(?:(?<![\\p{L}\\p{N}])(?:[-−](?=[0-9])|[/_.]{1,4})|[@#$€£¥~+*])?';

/** A word with its own punctuation: CVE-2026-1234, v2.1.3, ma.il@host, AT&T, C++, 60%, 2019–2026. */
const LTR_ATOM = new RegExp(
  `https?://[^\\s<>"«»“”،؛؟]*[^\\s<>"«»“”،؛؟.,:!?)\\]]|${LTR_LEAD}${LTR_UNIT}+(?:[-‐‑–._/:\\\\@&+=?%'’~*#^<>$]+${LTR_UNIT}+)*(?:\\+\\+|[+#%€£*])?`,
  'gu',
);
const RTL_ATOM = new RegExp(
  `[${RTL_SCRIPTS}][${RTL_SCRIPTS}\\p{M}ـ]*|[0-9]+(?:[.,:/][0-9]+)*`,
  'gu',
);

const LTR_LETTER = new RegExp(`(?![${RTL_SCRIPTS}ـ])\\p{L}`, 'u');
const RTL_LETTER = new RegExp(`[${RTL_SCRIPTS}]`, 'u');

/** Units and scales that belong to the number before them. */
const UNIT =
  /^(?:[KMGTP]i?B|[KMGT]bps|[GM]Hz|GMT|UTC|EST|EDT|PST|CET|BST|[AaPp]\.?[Mm]|USD|EUR|GBP|BTC|ETH|SAR|AED|EGP|[mb]illion|trillion)\b/u;

/** Arabic words that a number before them counts: the number is not part of the Latin name before it. */
const COUNTED =
  /^\s+(?:ألف|آلاف|الف|مليون|ملايين|مليار|مليارات|بالمئة|بالمائة|دولار|يورو|ريال|درهم|جنيه|شركة|شركات|ثغرة|ثغرات|دولة|دول|مستخدم|هجوم|عام|عاما|عامًا|يوم|يوما|يومًا)(?!\p{L})/u;

/** A dot that belongs to the word before it. */
const ABBREVIATED = /(?:^|[^\p{L}])(?:Inc|Ltd|Corp|Co|LLC|Jr|Sr|Bros|\p{Lu}(?:\.\p{Lu})+)$/u;

const LTR: Grammar = {
  atoms: (text) => Array.from(text.matchAll(LTR_ATOM), (match) => ltrAtom(match[0], match.index)),
  gap: /^[^\p{L}\p{N}\n،؛؟·•|]{0,12}$/u,
  joins: joinsLtr,
};

const RTL: Grammar = {
  atoms: (text) =>
    Array.from(text.matchAll(RTL_ATOM), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      kind: RTL_LETTER.test(match[0]) ? 'word' : 'number',
    })),
  gap: /^[^\p{L}\p{N}\n,;?·•|]{0,12}$/u,
  joins: joinsRtl,
};

/** Runs of left-to-right text in a right-to-left line, in order. Plain numbers need no care and are none. */
export function findLtrRuns(line: string): Run[] {
  return findRuns(line, LTR).map((run) => ({ start: run.start, end: endWithDot(line, run) }));
}

/** Runs of right-to-left text in a left-to-right line, in order. */
export function findRtlRuns(line: string): Run[] {
  return findRuns(line, RTL);
}

function findRuns(line: string, grammar: Grammar): Run[] {
  const runs: Run[] = [];
  const atoms = grammar.atoms(line);
  let first = 0;
  while (first < atoms.length) {
    const last = chainEnd(line, atoms, first, grammar);
    const balanced = balancedEnd(line, atoms, first, last);
    const start = atoms[first]?.start ?? 0;
    const chain = atoms.slice(first, balanced.last + 1);
    if (chain.some((atom) => atom.kind !== 'number')) runs.push({ start, end: balanced.end });
    first = balanced.last + 1;
  }
  return runs;
}

/** A bound on one run, so that a hostile line cannot make the balancing quadratic. */
const LONGEST_CHAIN = 150;

function chainEnd(line: string, atoms: Atom[], first: number, grammar: Grammar): number {
  let last = first;
  while (last + 1 < atoms.length && last - first < LONGEST_CHAIN) {
    const left = atoms[last];
    const right = atoms[last + 1];
    if (left === undefined || right === undefined) break;
    if (!grammar.gap.test(line.slice(left.end, right.start))) break;
    if (!grammar.joins(line, left, right)) break;
    last += 1;
  }
  return last;
}

const CLOSER_OF: Record<string, string> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '«': '»',
  '“': '”',
  '"': '"',
};
const CLOSERS = new Set(Object.values(CLOSER_OF));

interface Opener {
  closer: string;
  /** Index of the last atom before it. */
  before: number;
}

/**
 * Cuts a chain where a bracket or quote would be on one side only, and takes in the closers right after it that belong
 * to its own openers: `Windows 11 (24H2)`, but not the bracket around `(Microsoft)`.
 */
function balancedEnd(line: string, atoms: Atom[], first: number, last: number): ChainEnd {
  const open: Opener[] = [];
  for (let index = first; index < last; index += 1) {
    const end = atoms[index]?.end ?? 0;
    const gap = line.slice(end, atoms[index + 1]?.start);
    if (!followBrackets(gap, index, open)) return { last: index, end };
  }
  let end = atoms[last]?.end ?? 0;
  while (open.length > 0 && line[end] === open.at(-1)?.closer) {
    open.pop();
    end += 1;
  }
  const unclosed = open[0];
  if (unclosed === undefined) return { last, end };
  return { last: unclosed.before, end: atoms[unclosed.before]?.end ?? end };
}

/** Opens and closes what a gap opens and closes; false when it closes what was never opened. */
function followBrackets(gap: string, before: number, open: Opener[]): boolean {
  for (const mark of gap) {
    const closer = CLOSER_OF[mark];
    if (open.at(-1)?.closer === mark) open.pop();
    else if (closer !== undefined) open.push({ closer, before });
    else if (CLOSERS.has(mark)) return false;
  }
  return true;
}

function ltrAtom(written: string, start: number): Atom {
  const end = start + written.length;
  if (LTR_LETTER.test(written)) return { start, end, kind: 'word' };
  // A plain number keeps its order in any line; signs, dates, times, versions and ranges do not.
  const kind = /^[0-9]+(?:[.,][0-9]+)?$/u.test(written) ? 'number' : 'technical';
  return { start, end, kind };
}

function joinsLtr(text: string, left: Atom, right: Atom): boolean {
  if (right.kind === 'word') return left.kind === 'word' || joinsNumberToWord(text, left, right);
  if (/^[$€£¥]/u.test(text.slice(right.start, right.end))) return false;
  return !COUNTED.test(text.slice(right.end, right.end + 16));
}

/** `5 GB`, `18:30 GMT`, `Windows 11 Pro`, `24H2)x`, `(403 Forbidden)`; not a number that an Arabic sentence puts before a name. */
function joinsNumberToWord(text: string, left: Atom, right: Atom): boolean {
  if (!/\s/u.test(text.slice(left.end, right.start))) return true;
  if (/[([{«“]/u.test(text.charAt(left.start - 1))) return true;
  if (UNIT.test(text.slice(right.start, right.end + 1))) return true;
  return LTR_LETTER.test(text.slice(Math.max(0, left.start - 2), left.start));
}

function joinsRtl(text: string, left: Atom, right: Atom): boolean {
  if (right.kind === 'word' || /[([{«“]$/u.test(text.slice(left.end, right.start))) return true;
  return !/^\s*[^\p{L}\p{N}]{0,2}\p{Script=Latin}/u.test(text.slice(right.end, right.end + 8));
}

function endWithDot(line: string, run: Run): number {
  const isDotted =
    line[run.end] === '.' &&
    ABBREVIATED.test(line.slice(Math.max(run.start, run.end - 12), run.end));
  return isDotted ? run.end + 1 : run.end;
}
