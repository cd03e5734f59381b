import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

export interface DecodedDocument {
  /** Without byte order mark and NUL characters. */
  text: string;
  /** The encoding that was used, as iconv-lite names it. */
  encoding: string;
  warnings: string[];
}

const BYTE_ORDER_MARKS: [encoding: string, bytes: number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** `<?` or a tag in UTF-16 without a mark; a NUL elsewhere is only a bad character. */
const UNMARKED: [encoding: string, bytes: number[]][] = [
  ['utf-16le', [0x3c, 0]],
  ['utf-16be', [0, 0x3c]],
];

const REPLACEMENT = '\ufffd';

/** Bytes looked at when guessing: enough for a judgement, cheap for a large document. */
const SAMPLE_BYTES = 65_536;

/**
 * Decodes a document by its byte order mark, the charset of the HTTP header, or its XML declaration, in that order. What was
 * declared gives way, with a warning, only where the bytes prove it wrong: declared UTF-8 that is not UTF-8, or a declared
 * single-byte encoding whose bytes are UTF-8 throughout.
 */
export function decodeDocument(body: Buffer, contentType?: string | null): DecodedDocument {
  const marked = BYTE_ORDER_MARKS.find(([, bytes]) => startsWith(body, bytes));
  if (marked !== undefined) return finish(body, marked[0], []);
  const fromHttp = supported(charsetOf(contentType));
  if (fromHttp === null) {
    const unmarked = UNMARKED.find(([, bytes]) => startsWith(body, bytes));
    if (unmarked !== undefined) return finish(body, unmarked[0], []);
  }
  const declared = fromHttp ?? supported(declaredEncoding(body));
  return isUtf8(body) ? decodeValidUtf8(body, declared) : decodeOther(body, declared);
}

function decodeValidUtf8(body: Buffer, declared: string | null): DecodedDocument {
  // ASCII-only bytes read alike in every encoding but these.
  if (declared !== null && /^(utf-?(16|32|7)|ucs|iso-?2022|hz)/i.test(declared)) {
    const isPlainlyNot = startsWith(body, [0x3c]) && /^(utf-?(16|32)|ucs)/i.test(declared);
    if (!isPlainlyNot) return finish(body, declared, []);
  }
  const text = finish(body, 'utf-8', []);
  if (declared === null || isUtf8Name(declared) || !hasMultibyte(text.text)) return text;
  return finish(body, 'utf-8', [`declared as ${declared}, read as utf-8: its bytes are UTF-8`]);
}

function decodeOther(body: Buffer, declared: string | null): DecodedDocument {
  if (declared !== null && !isUtf8Name(declared)) return finish(body, declared, []);
  const guess = guessEncoding(body);
  const reason =
    declared === null ? 'declares no encoding' : 'is declared as utf-8 but its bytes are not UTF-8';
  return finish(body, guess, [`the document ${reason}: read as ${guess}`]);
}

/** For bytes that are not UTF-8 throughout: damaged UTF-8, Arabic, or western European. */
function guessEncoding(body: Buffer): string {
  const sample = body.subarray(0, SAMPLE_BYTES);
  const text = sample.toString('utf8');
  const damaged = count(text, /\ufffd+/g);
  const sound = count(text, /[\u0080-\ufffc]/g);
  if (sound > 4 * damaged) return 'utf-8';
  const high = sample.reduce((total, byte) => (byte > 0x7f ? total + 1 : total), 0);
  const arabic = ['windows-1256', 'iso-8859-6']
    .map((encoding) => ({ encoding, score: arabicScore(iconv.decode(sample, encoding)) }))
    .sort((one, other) => other.score - one.score)[0];
  return arabic !== undefined && arabic.score >= high / 2 ? arabic.encoding : 'windows-1252';
}

/** Letters in runs of two or more, and again each article "ال", which only the right one of two Arabic encodings shows often. */
function arabicScore(text: string): number {
  const letters = (text.match(/[\u0621-\u064a]{2,}/g) ?? []).join('').length;
  return letters + 2 * count(text, /ال/g) - 2 * count(text, /\ufffd/g);
}

function finish(body: Buffer, encoding: string, warnings: string[]): DecodedDocument {
  const decoded = isUtf8Name(encoding) ? body.toString('utf8') : iconv.decode(body, encoding);
  const unmarked = decoded.charCodeAt(0) === 0xfeff ? decoded.slice(1) : decoded;
  if (!unmarked.includes('\0')) return { text: unmarked, encoding, warnings };
  const text = unmarked.replaceAll('\0', '');
  return { text, encoding, warnings: [...warnings, 'NUL characters are left out'] };
}

function charsetOf(contentType: string | null | undefined): string | null {
  return /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

function declaredEncoding(body: Buffer): string | null {
  const head = body.toString('latin1', 0, 1024);
  return /<\?xml[^>]*?\sencoding\s*=\s*["']\s*([\w.:-]+)/i.exec(head)?.[1] ?? null;
}

function supported(name: string | null): string | null {
  if (name === null || !iconv.encodingExists(name)) return null;
  // Names that iconv-lite knows and that are no encodings of text.
  return /^(base64|hex|binary|internal)/i.test(name) ? null : name.toLowerCase();
}

function isUtf8Name(name: string): boolean {
  return /^(utf-?8|us-?ascii|ascii)$/i.test(name);
}

/** Four are more than chance puts into a text of another encoding. */
function hasMultibyte(text: string): boolean {
  return count(text.slice(0, SAMPLE_BYTES), /[\u0080-\uffff]/g) >= 4 && !text.includes(REPLACEMENT);
}

function startsWith(body: Buffer, bytes: number[]): boolean {
  return bytes.every((byte, index) => body[index] === byte);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
