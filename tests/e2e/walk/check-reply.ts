import { expect } from 'vitest';
import { flatten } from '../../helpers/fake-discord/check-message.ts';
import type { FakeForm, FakeMessage } from '../../helpers/fake-discord/state.ts';
import type { Frame } from './open-world.ts';

/** What no reader may see: a value that was never filled in. */
const UNFILLED =
  /undefined|\[object|\bNaN\b|Invalid Date|\bnull\b|\$\{|(?<![-\p{L}])#(?=[\s)]|$)|=>/u;

const MARKDOWN = /^(?:-# |### )?/;
/** How a line of each language begins, so that a client gives it its direction. */
const BEGINS: Record<Frame, string> = { ar: '\u200f\u2067', en: '\u200e' };
const OWN_LETTER: Record<Frame, RegExp> = { ar: /\p{Script=Arabic}/u, en: /[A-Za-z]/ };
const FOREIGN_LETTER: Record<Frame, RegExp> = { ar: /[A-Za-z]/, en: /\p{Script=Arabic}/u };

/**
 * Everything wrong with how a message reads; empty when it reads well.
 * @param frames the server's language, and beside it the one that was asked for, in which a digest then is
 */
export function messageProblems(message: FakeMessage, frames: [Frame, ...Frame[]]): string[] {
  const all = flatten(message.components ?? []);
  const blocks = all.flatMap(({ content }) => (content === undefined ? [] : [content]));
  const lines = blocks.flatMap((block) => block.split('\n'));
  const labels = [
    ...all.flatMap(({ label }) => (label === undefined ? [] : [label])),
    ...descriptionsOf(message),
  ];
  return [
    ...lines.flatMap((line) => lineProblems(line, frames)),
    ...labels.flatMap((label) => labelProblems(label, frames)),
  ];
}

/** Of its pictures, for those who cannot see them. */
export function descriptionsOf({ components }: FakeMessage): string[] {
  const items = flatten(components ?? []).flatMap((component) =>
    'items' in component ? (component.items as { description?: string }[]) : [],
  );
  return items.map(({ description = '' }) => description);
}

/** The same of a form, whose texts are plain: titles and labels in the language, hints at least with words of it. */
export function formProblems({ title, fields, hints }: FakeForm, frame: Frame): string[] {
  const labels = [title, ...fields.map(({ label }) => label)];
  const mute = hints.filter((hint) => !OWN_LETTER[frame].test(hint) || UNFILLED.test(hint));
  return [
    ...labels.flatMap((label) => labelProblems(label, [frame])),
    ...mute.map((hint) => `hint: ${hint}`),
  ];
}

export function choiceProblems(choices: { name: string }[]): string[] {
  return choices.flatMap(({ name }) =>
    name.trim() === '' || UNFILLED.test(name) ? [`choice: ${name}`] : [],
  );
}

function lineProblems(line: string, frames: [Frame, ...Frame[]]): string[] {
  const begin = MARKDOWN.exec(line)?.[0].length ?? 0;
  const frame = frames.find((one) => line.startsWith(BEGINS[one], begin)) ?? frames[0];
  const content = line.slice(begin);
  const isClosed = frame === 'en' || content.endsWith('\u2069');
  const inner = content.slice(BEGINS[frame].length, frame === 'ar' ? -1 : undefined);
  const problems = [
    UNFILLED.test(shownOf(line)) ? 'holds a value that was never filled in' : '',
    content.startsWith(BEGINS[frame]) && isClosed ? '' : 'does not begin and end in its direction',
    isBalanced(inner) ? '' : 'has an isolate that is not closed',
    FOREIGN_LETTER[frame].test(withoutForeign(inner))
      ? 'has foreign letters that are not isolated'
      : '',
  ];
  return problems.flatMap((problem) =>
    problem === '' ? [] : [`${problem}: ${JSON.stringify(line)}`],
  );
}

function labelProblems(label: string, frames: Frame[]): string[] {
  const plain = withoutForeign(label);
  const isOwn = frames.some(
    (frame) => OWN_LETTER[frame].test(plain) && !FOREIGN_LETTER[frame].test(plain),
  );
  return isOwn && !UNFILLED.test(label) ? [] : [`label: ${label}`];
}

/** What is left for our own words: without what is isolated, what clients fill in, and where links lead. */
function withoutForeign(line: string): string {
  let rest = shownOf(line);
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/[\u2066\u2067\u2068][^\u2066-\u2069]*\u2069/gu, '');
  }
  return rest;
}

/** A line as a client shows it: links without their addresses, mentions and times without their codes. */
function shownOf(line: string): string {
  return line.replace(/\]\(https?:[^)]*\)/g, ']').replace(/<(?:t:|[@#]&?)[^>]*>/g, '');
}

function isBalanced(line: string): boolean {
  let depth = 0;
  for (const character of line) {
    if (/[\u2066-\u2068]/u.test(character)) depth += 1;
    if (character === '\u2069') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

export function expectNone(what: string, problems: string[]): void {
  expect(problems, what).toEqual([]);
}
