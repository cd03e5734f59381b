import type { Messages } from '../../../src/discord/messages/en.ts';

/** What a message may be made with: words, and numbers of every plural form. */
const PROBES = ['⟦⟧', 0, 1, 2, 3, 11, 100, true, false] as const;
const LETTERS = /\p{L}{2}/u;

/** Keys of the catalogue, such as `errors.gone`, of messages that were never shown. */
export function unsaid(catalogue: Messages, said: string[]): string[] {
  const shown = [...new Set(said.map(plain))];
  return leavesOf(catalogue, '').flatMap(({ key, forms }) =>
    forms.length === 0 ||
    forms.some((parts) => shown.some((text) => parts.every((part) => text.includes(part))))
      ? []
      : [key],
  );
}

/** A message as the parts of it that are always the same, for each form that it may take. */
interface Leaf {
  key: string;
  forms: string[][];
}

function leavesOf(node: unknown, key: string): Leaf[] {
  if (typeof node === 'string') return [{ key, forms: [[plain(node)]] }];
  if (typeof node === 'function')
    return [{ key, forms: formsOf(node as (...args: unknown[]) => string) }];
  return Object.entries(node as object).flatMap(([name, value]) =>
    leavesOf(value, key === '' ? name : `${key}.${name}`),
  );
}

function formsOf(message: (...args: unknown[]) => string): string[][] {
  return PROBES.map((probe) => {
    const text = String(message(...Array.from({ length: message.length }, () => probe)));
    return text
      .split(String(probe))
      .map(plain)
      .filter((part) => LETTERS.test(part));
  }).filter((parts) => parts.length > 0);
}

/** Without escapes and emphasis. */
function plain(text: string): string {
  return text.replace(/[\\*]/g, '').trim();
}
