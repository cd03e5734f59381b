import fc from 'fast-check';
import iconv from 'iconv-lite';

/** A mutated document is at most this long: most feeds are, and ten thousand must be read. */
const MAX_BYTES = 256 * 1024;

/** What is taken of each original at most. */
const MAX_ORIGINAL = 64 * 1024;

const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
  'utf-7',
  'windows-1256',
  'iso-8859-6',
  'windows-1252',
  'shift_jis',
  'gb18030',
];

/** What breaks parsers: unfinished, nested, declared, out of range. */
const FRAGMENTS = [
  '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>&a;',
  '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="1.0" encoding="utf-7"?>',
  '<?',
  '<item>',
  '</item>',
  '<entry xml:base="http://[">',
  '<a b=">',
  '<title type="xhtml"><div xmlns="">',
  '<link href="//[::"/>',
  '<link rel="alternate" href="javascript:alert(1)"/>',
  '<script>',
  '<svg><style>',
  '<table><tr><td>',
  '<p '.repeat(40),
  '<b>'.repeat(300),
  '&#x110000;&#xD800;&#0;&#99999999999;',
  '&'.repeat(200),
  '<pubDate>99999999999999999999</pubDate>',
  '<pubDate>-271821-04-20T00:00:00Z</pubDate>',
  '<published>275760-09-13T00:00:00.001Z</published>',
  '<ttl>1e400</ttl>',
  '{"items":[{"id":{},"date_published":[]}]}',
  '[[[[[[[[[[',
  '"\\ud800',
  '\0',
  '\u202e\u2066\u200f',
  '\ufeff',
  '__proto__',
  '<constructor>x</constructor><__proto__>y</__proto__>',
  '<hasOwnProperty/><toString/>',
];

/** One change; places are fractions of the document's length, so that a change fits any document. */
type Change =
  | { kind: 'flip'; places: { at: number; mask: number }[] }
  | { kind: 'cut'; from: number }
  | { kind: 'remove'; from: number; length: number }
  | { kind: 'repeat'; from: number; length: number; times: number }
  | { kind: 'insert'; at: number; fragment: string }
  | { kind: 'swap-tags'; one: number; other: number }
  | { kind: 'encode'; as: string; mark: boolean }
  | { kind: 'declare'; encoding: string }
  | { kind: 'splice'; at: number; document: number; from: number; length: number };

/** Which original, from where, and what is done to it. */
export interface Mutation {
  document: number;
  from: number;
  changes: Change[];
}

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const size = fc.double({ min: 0, max: 0.3, noNaN: true });
const index = fc.nat(99_999);
const encoding = fc.constantFrom(...ENCODINGS);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('flip' as const),
    places: fc.array(fc.record({ at: place, mask: fc.integer({ min: 1, max: 255 }) }), {
      minLength: 1,
      maxLength: 24,
    }),
  }),
  fc.record({ kind: fc.constant('cut' as const), from: place }),
  fc.record({ kind: fc.constant('remove' as const), from: place, length: size }),
  fc.record({
    kind: fc.constant('repeat' as const),
    from: place,
    length: size,
    times: fc.integer({ min: 1, max: 200 }),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    fragment: fc.constantFrom(...FRAGMENTS),
  }),
  fc.record({ kind: fc.constant('swap-tags' as const), one: place, other: place }),
  fc.record({ kind: fc.constant('encode' as const), as: encoding, mark: fc.boolean() }),
  fc.record({ kind: fc.constant('declare' as const), encoding }),
  fc.record({
    kind: fc.constant('splice' as const),
    at: place,
    document: index,
    from: place,
    length: size,
  }),
);

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  document: index,
  from: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: place }),
  changes: fc.array(change, { minLength: 1, maxLength: 5 }),
});

/** The mutated document. The same originals and mutation give the same bytes. */
export function mutate(originals: Buffer[], { document, from, changes }: Mutation): Buffer {
  const original = pick(originals, document);
  const start = Math.floor(from * Math.max(1, original.length - MAX_ORIGINAL));
  let bytes = original.subarray(start, start + MAX_ORIGINAL);
  for (const change of changes) bytes = apply(bytes, change, originals).subarray(0, MAX_BYTES);
  return bytes;
}

function apply(bytes: Buffer, change: Change, originals: Buffer[]): Buffer {
  const at = (fraction: number) => Math.floor(fraction * bytes.length);
  switch (change.kind) {
    case 'flip': {
      const flipped = Buffer.from(bytes);
      for (const { at: fraction, mask } of change.places) {
        flipped[at(fraction)] = (flipped[at(fraction)] ?? 0) ^ mask;
      }
      return flipped;
    }
    case 'cut':
      return bytes.subarray(0, at(change.from));
    case 'remove':
      return replaced(bytes, at(change.from), at(change.length), Buffer.alloc(0));
    case 'repeat': {
      const piece = bytes.subarray(at(change.from), at(change.from) + at(change.length));
      const times = Math.min(change.times, Math.ceil(MAX_BYTES / Math.max(1, piece.length)));
      return replaced(bytes, at(change.from), 0, Buffer.concat(Array(times).fill(piece)));
    }
    case 'insert':
      return replaced(bytes, at(change.at), 0, Buffer.from(change.fragment));
    case 'swap-tags':
      return swapTags(bytes, change.one, change.other);
    case 'encode':
      return iconv.encode(bytes.toString('utf8'), change.as, { addBOM: change.mark });
    case 'declare':
      return declare(bytes, change.encoding);
    case 'splice': {
      const other = pick(originals, change.document);
      const from = Math.floor(change.from * other.length);
      const length = Math.floor(change.length * Math.min(other.length, MAX_ORIGINAL));
      return replaced(bytes, at(change.at), 0, other.subarray(from, from + length));
    }
  }
}

function replaced(bytes: Buffer, from: number, length: number, by: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(from + length)]);
}

/** Every tag of one name takes the other's, so that documents stay well formed and mean something else. */
function swapTags(bytes: Buffer, one: number, other: number): Buffer {
  const text = bytes.toString('latin1');
  const names = [...new Set(text.match(/(?<=<)[A-Za-z][\w:.-]*/g))];
  const [first, second] = [one, other].map((place) => names[Math.floor(place * names.length)]);
  const swapped = text.replace(/(<\/?)([A-Za-z][\w:.-]*)/g, (tag, opening, name) => {
    if (name === first) return `${opening}${second}`;
    return name === second ? `${opening}${first}` : tag;
  });
  return Buffer.from(swapped, 'latin1');
}

function declare(bytes: Buffer, encoding: string): Buffer {
  const text = bytes.toString('latin1');
  const declaration = `<?xml version="1.0" encoding="${encoding}"?>`;
  const changed = /^<\?xml[^>]*>/.test(text)
    ? text.replace(/^<\?xml[^>]*>/, declaration)
    : `${declaration}${text}`;
  return Buffer.from(changed, 'latin1');
}

function pick(originals: Buffer[], number: number): Buffer {
  const found = originals[number % originals.length];
  if (!found) throw new Error('there are no documents to mutate');
  return found;
}
