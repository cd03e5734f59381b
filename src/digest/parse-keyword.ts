/** A keyword filter as a tree. A term is one word or a quoted phrase, as written. */
export type KeywordQuery =
  | { kind: 'term'; text: string }
  | { kind: 'not'; operand: KeywordQuery }
  | { kind: 'and' | 'or'; operands: KeywordQuery[] };

type KeywordMistake =
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
  kind: 'word' | 'phrase' | 'and' | 'or' | 'not' | 'open' | 'close' | 'end';
  text: string;
  position: number;
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
const HAS_WORD = /[\p{L}\p{N}]/u;

/**
 * Reads a keyword filter: words side by side must all occur; AND, OR, NOT (capital letters), parentheses and quoted phrases
 * combine them. NOT binds closest, then AND, then OR.
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
    position += token.kind === 'phrase' ? token.text.length + 2 : token.text.length;
  }
  tokens.push({ kind: 'end', text: '', position: text.length });
  return tokens;
}

function readToken(text: string, position: number): Token {
  const character = text.charAt(position);
  if (character === '(') return { kind: 'open', text: character, position };
  if (character === ')') return { kind: 'close', text: character, position };
  const closing = CLOSING_QUOTE[character];
  if (closing !== undefined) return readPhrase(text, position, closing);
  const word = /^[^\s()"“«]+/u.exec(text.slice(position))?.[0] ?? character;
  return { kind: OPERATORS[word] ?? 'word', text: word, position };
}

function readPhrase(text: string, position: number, closing: string): Token {
  const end = text.indexOf(closing, position + 1);
  if (end === -1) throw new Mistake('unclosed-quote', position);
  return { kind: 'phrase', text: text.slice(position + 1, end), position };
}

function readQuery(tokens: Token[]): KeywordQuery {
  let next = 0;
  const peek = (): Token => tokens[next] ?? { kind: 'end', text: '', position: 0 };
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
