import { type FieldMistake, type FieldQuery, readField } from './keyword-fields.ts';

/** A keyword filter as a tree. A term is one word or a quoted phrase, as written. */
export type KeywordQuery =
  | { kind: 'term'; text: string }
  | FieldQuery
  | { kind: 'not'; operand: KeywordQuery }
  | { kind: 'and' | 'or'; operands: KeywordQuery[] };

type KeywordMistake =
  | FieldMistake
  | 'empty'
  | 'unclosed-quote'
  | 'unclosed-parenthesis'
  | 'missing-word'
  | 'unexpected-parenthesis';

export type ParsedKeyword =
  | { ok: true; query: KeywordQuery }
  /** `position` is the index of the character where the mistake is, from 0, in the text as given. */
  | { ok: false; mistake: KeywordMistake; position: number };

interface Token {
  kind: 'word' | 'phrase' | 'field' | 'and' | 'or' | 'not' | 'open' | 'close' | 'end';
  text: string;
  position: number;
  /** Where what follows begins. */
  end: number;
  /** Of a field. */
  query?: FieldQuery;
}

class Mistake extends Error {
  readonly mistake: KeywordMistake;
  readonly position: number;

  constructor(mistake: KeywordMistake, position: number) {
    super(mistake);
    this.mistake = mistake;
    this.position = position;
  }
}

const CLOSING_QUOTE: Record<string, string> = { '"': '"', '“': '”', '«': '»' };
const OPERATORS: Record<string, 'and' | 'or' | 'not'> = { AND: 'and', OR: 'or', NOT: 'not' };
const WORD = /^[^\s()"“«]+/u;
const HAS_WORD = /[\p{L}\p{N}]/u;

/** `topic:`, `source:"` in either language; any other word may have a colon in it. */
const FIELD = /^(\p{L}+):/u;

/**
 * Reads a keyword filter: words side by side must all occur; AND, OR, NOT (capital letters), parentheses and quoted phrases
 * combine them, and so they do `topic:`, `severity:` (at least), `language:` and `source:`. NOT binds closest, then AND, then OR.
 */
export function parseKeyword(text: string): ParsedKeyword {
  try {
    const tokens = tokenise(text);
    if (tokens[0]?.kind === 'end') throw new Mistake('empty', 0);
    return { ok: true, query: readQuery(tokens) };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { ok: false, mistake: error.mistake, position: error.position };
  }
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const character = text.charAt(position);
    if (/\s/.test(character)) {
      position += 1;
      continue;
    }
    const token = readToken(text, position);
    tokens.push(token);
    position = token.end;
  }
  tokens.push({ kind: 'end', text: '', position: text.length, end: text.length });
  return tokens;
}

function readToken(text: string, position: number): Token {
  const character = text.charAt(position);
  if (character === '(' || character === ')') {
    const kind = character === '(' ? 'open' : 'close';
    return { kind, text: character, position, end: position + 1 };
  }
  if (CLOSING_QUOTE[character] !== undefined) return readPhrase(text, position);
  const word = WORD.exec(text.slice(position))?.[0] ?? character;
  const field = FIELD.exec(word)?.[1];
  const known = field === undefined ? null : readFieldToken(text, position, field);
  return (
    known ?? {
      kind: OPERATORS[word] ?? 'word',
      text: word,
      position,
      end: position + word.length,
    }
  );
}

/** `name:value` or `name:"several words"`; null when no field is called so. */
function readFieldToken(text: string, position: number, name: string): Token | null {
  const start = position + name.length + 1;
  const quoted = CLOSING_QUOTE[text.charAt(start)] !== undefined;
  const word = WORD.exec(text.slice(start))?.[0] ?? '';
  const value = quoted
    ? readPhrase(text, start)
    : { text: word, position: start, end: start + word.length };
  const field = readField(name, value.text, start);
  if (field === null) return null;
  if ('mistake' in field) throw new Mistake(field.mistake, start);
  return { kind: 'field', text: value.text, position, end: value.end, query: field };
}

function readPhrase(text: string, position: number): Token {
  const closing = CLOSING_QUOTE[text.charAt(position)] ?? '';
  const end = text.indexOf(closing, position + 1);
  if (end === -1) throw new Mistake('unclosed-quote', position);
  return { kind: 'phrase', text: text.slice(position + 1, end), position, end: end + 1 };
}

function readQuery(tokens: Token[]): KeywordQuery {
  let next = 0;
  const peek = (): Token => tokens[next] ?? { kind: 'end', text: '', position: 0, end: 0 };
  const take = (): Token => {
    const token = peek();
    next += 1;
    return token;
  };

  const readOr = (): KeywordQuery => {
    const operands = [readAnd()];
    while (peek().kind === 'or') {
      take();
      operands.push(readAnd());
    }
    return join('or', operands);
  };
  const readAnd = (): KeywordQuery => {
    const operands = [readNot()];
    while (!['or', 'close', 'end'].includes(peek().kind)) {
      if (peek().kind === 'and') take();
      operands.push(readNot());
    }
    return join('and', operands);
  };
  const readNot = (): KeywordQuery => {
    if (peek().kind !== 'not') return readOperand();
    take();
    return { kind: 'not', operand: readNot() };
  };
  const readOperand = (): KeywordQuery => {
    const token = take();
    if (token.kind === 'open') {
      const inner = readOr();
      if (take().kind !== 'close') throw new Mistake('unclosed-parenthesis', token.position);
      return inner;
    }
    if (token.query !== undefined) return token.query;
    const isTerm = token.kind === 'word' || token.kind === 'phrase';
    if (!isTerm || !HAS_WORD.test(token.text)) throw new Mistake('missing-word', token.position);
    return { kind: 'term', text: token.text };
  };

  const query = readOr();
  if (peek().kind !== 'end') throw new Mistake('unexpected-parenthesis', peek().position);
  return query;
}

function join(kind: 'and' | 'or', operands: KeywordQuery[]): KeywordQuery {
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { kind, operands };
}
