/**
 * Entities of a document's own DTD. Only those whose value is short plain text (or one character) are expanded, each once and
 * never inside another, so a document grows at most by a constant factor; every other declared one is dropped from the text.
 * External ones are never read.
 */
const DECLARATION = /!ENTITY\s+(%\s+)?([\w.-]{1,64})\s+(?:"([^"]{0,100})"|'([^']{0,100})')?/g;
const CHARACTER = /^&#(?:x([\da-f]{1,6})|(\d{1,7}));$/i;
const MAX_DECLARED = 64;
const MAX_EXPANSION = 50;

/** Adds what a declaration (`!DOCTYPE …` or `!ENTITY …`) declares to `entities`; an unsafe one gets an empty value. */
export function readEntityDeclarations(data: string, entities: Map<string, string>): void {
  if (!data.startsWith('!') || !data.includes('!ENTITY')) return;
  for (const [, parameter, name, double, single] of data.matchAll(DECLARATION)) {
    if (parameter !== undefined || name === undefined || entities.size >= MAX_DECLARED) continue;
    entities.set(name, safeValue(double ?? single ?? ''));
  }
}

export function expandEntities(text: string, entities: Map<string, string>): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&([\w.-]{1,64});/g,
    (reference, name: string) => entities.get(name) ?? reference,
  );
}

function safeValue(value: string): string {
  const character = CHARACTER.exec(value);
  if (character !== null) {
    const [, hexadecimal, decimal] = character;
    const code = hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  }
  return /[&%<]/.test(value) || value.length > MAX_EXPANSION ? '' : value;
}
