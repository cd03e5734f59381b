import { Parser } from 'htmlparser2';
import { FeedError } from '../domain/errors.ts';
import { expandEntities, readEntityDeclarations } from './xml-entities.ts';
import { createNameReader, KEPT, TEXT_HOLDERS, type Vocabulary } from './xml-names.ts';
import type { Attributes, XmlElement, XmlNode } from './xml-tree.ts';

export interface FeedTree {
  vocabulary: Vocabulary;
  /** Attributes of the root element. */
  attributes: Attributes;
  /** `channel` of RSS and RDF, or the root itself. */
  channel: XmlElement;
  /** Every complete item, wherever in the document it stands; the base address it inherits in `rasid:base`, when not the document's. */
  items: XmlElement[];
  warnings: string[];
}

/** Deeper documents are attacks: htmlparser2's stack costs time in the square of the depth. */
const MAX_DEPTH = 256;

/** No more items than this are kept from one document. */
export const MAX_ITEMS = 50_000;

/** Elements of one name within one parent. */
const MAX_SIBLINGS = 500;

/**
 * What elements inherit from: nothing, so that no name in a document means more than the others. One object between, since V8 keeps an
 * object without any prototype as a hash table, several times as large.
 */
const BARE: object = Object.freeze(Object.create(null));

interface Frame {
  name: string;
  attributes: Attributes | null;
  text: string;
  children: XmlElement | null;
  base: string;
  isHolder: boolean;
  /** Passed over, with all that it contains but items. */
  isIgnored: boolean;
  /** Where the content starts in the source. */
  contentFrom: number;
  /** Unescaped markup was met inside a holder: its content is the source as written. */
  isRaw: boolean;
  isItem: boolean;
  /** An item that ended because the next one began. */
  isFinished: boolean;
}

interface Reading {
  source: string;
  url: string;
  vocabulary: Vocabulary;
  names: ReturnType<typeof createNameReader>;
  parser: Parser;
  stack: Frame[];
  /** Open elements inside the raw holder on top of the stack. */
  rawDepth: number;
  attributes: Attributes;
  channel: XmlElement | null;
  root: XmlElement | null;
  openItem: Frame | null;
  items: XmlElement[];
  omitted: number;
  isAtEnd: boolean;
  isCutOff: boolean;
  isItemDropped: boolean;
  entities: Map<string, string>;
}

/**
 * Reads a feed document of any XML vocabulary into the tree that rss-parser works on, with prefixes made canonical. Fetches
 * nothing; expands only short declared entities; tolerates undeclared prefixes and entities, bare ampersands, tags left open and
 * documents cut off.
 * @throws FeedError `malformed` when elements nest too deeply or the root never opens.
 */
export function readFeedTree(source: string, vocabulary: Vocabulary, url: string): FeedTree {
  const entities = new Map<string, string>();
  const handler = {
    onopentag: (name: string, attributes: Attributes) => openElement(reading, name, attributes),
    onclosetag: (_name: string, isImplied: boolean) => closeElement(reading, isImplied),
    ontext: (text: string) => {
      const frame = reading.stack[reading.stack.length - 1];
      if (frame !== undefined && !frame.isRaw && !frame.isIgnored) frame.text += text;
    },
    onprocessinginstruction: (_name: string, data: string) =>
      readEntityDeclarations(data, entities),
  };
  const reading: Reading = {
    source,
    url,
    vocabulary,
    names: createNameReader(vocabulary),
    parser: new Parser(handler, { xmlMode: true }),
    stack: [],
    rawDepth: 0,
    attributes: {},
    channel: null,
    root: null,
    openItem: null,
    items: [],
    omitted: 0,
    isAtEnd: false,
    isCutOff: false,
    isItemDropped: false,
    entities,
  };
  reading.parser.write(source);
  reading.isAtEnd = true;
  reading.parser.end();
  return finishTree(reading);
}

function openElement(reading: Reading, rawName: string, given: Attributes): void {
  const { stack } = reading;
  const parent = stack[stack.length - 1];
  if (stack.length + reading.rawDepth >= MAX_DEPTH) {
    throw new FeedError('malformed', `elements are nested more than ${MAX_DEPTH} deep`);
  }
  if (parent?.isHolder) {
    parent.isRaw = true;
    reading.rawDepth += 1;
    return;
  }
  const frame = createFrame(reading, rawName, given, parent);
  if (parent === undefined && reading.root === null) reading.attributes = given;
  if (frame.isItem) {
    if (reading.openItem !== null) finishItem(reading, reading.openItem);
    reading.openItem = frame;
  }
  stack.push(frame);
}

function createFrame(
  reading: Reading,
  rawName: string,
  given: Attributes,
  parent: Frame | undefined,
): Frame {
  const { names, openItem } = reading;
  const attributes = hasAttributes(given) ? given : null;
  const name = names.read(rawName, attributes, parent === undefined);
  const isItem = name === names.itemName && parent?.name !== 'source';
  const base = parent?.base ?? reading.url;
  const isInside = openItem !== null && !isItem;
  return {
    name,
    attributes,
    text: '',
    children: null,
    base: attributes === null ? base : resolveBase(attributes['xml:base'], base),
    isHolder: TEXT_HOLDERS.has(name),
    isIgnored: isInside && (parent?.isIgnored === true || !KEPT.has(name)),
    contentFrom: reading.parser.endIndex + 1,
    isRaw: false,
    isItem,
    isFinished: false,
  };
}

/** `<item>` inside an open `<item>`: the earlier one was never closed. */
function finishItem(reading: Reading, frame: Frame): void {
  frame.isFinished = true;
  keepItem(reading, frame);
}

function closeElement(reading: Reading, isImplied: boolean): void {
  if (reading.rawDepth > 0) {
    reading.rawDepth -= 1;
    return;
  }
  const frame = reading.stack.pop();
  if (frame === undefined || frame.isFinished) return;
  const isCutOff = isImplied && reading.isAtEnd;
  if (isCutOff) reading.isCutOff = true;
  if (frame.isItem) closeItem(reading, frame, isCutOff);
  else if (reading.stack.length === 0) reading.root ??= toElement(reading, frame);
  else if (frame.name === 'channel') reading.channel ??= toElement(reading, frame);
  else if (!isCutOff) appendChild(reading, frame);
}

/** Of an item that the end of the document cut in half, the whole elements serve if they tell what it is and where. */
function closeItem(reading: Reading, frame: Frame, isCutOff: boolean): void {
  reading.openItem = null;
  const isUsable = !isCutOff || (frame.children?.title && frame.children.link);
  if (isUsable) keepItem(reading, frame);
  else reading.isItemDropped = true;
}

function keepItem(reading: Reading, frame: Frame): void {
  if (reading.items.length >= MAX_ITEMS) {
    reading.omitted += 1;
    return;
  }
  const item = toElement(reading, frame);
  if (frame.base !== reading.url) item['rasid:base'] = [frame.base];
  reading.items.push(item);
}

function appendChild(reading: Reading, frame: Frame): void {
  const parent = reading.stack[reading.stack.length - 1];
  if (parent === undefined || parent.isIgnored || !KEPT.has(frame.name)) return;
  const node = toNode(reading, frame);
  parent.children ??= Object.create(BARE) as XmlElement;
  const siblings = parent.children[frame.name];
  if (Array.isArray(siblings)) {
    if (siblings.length < MAX_SIBLINGS) siblings.push(node);
  } else parent.children[frame.name] = [node];
}

function toNode(reading: Reading, frame: Frame): XmlNode {
  if (frame.name === 'link' && reading.vocabulary === 'atom') return toAtomLink(reading, frame);
  return frame.children === null && frame.attributes === null
    ? textOfFrame(reading, frame)
    : toElement(reading, frame);
}

/** RFC 4287, 4.2.7.2: a link without `rel` is an alternate. rss-parser looks for the word, and fails without attributes. */
function toAtomLink(reading: Reading, frame: Frame): XmlElement {
  const element = toElement(reading, frame);
  element.$ = { rel: 'alternate', ...frame.attributes };
  return element;
}

function toElement(reading: Reading, frame: Frame): XmlElement {
  const element = frame.children ?? (Object.create(BARE) as XmlElement);
  if (frame.attributes !== null) element.$ = frame.attributes;
  element._ = textOfFrame(reading, frame);
  return element;
}

function textOfFrame(reading: Reading, frame: Frame): string {
  const text = frame.isRaw
    ? reading.source.slice(frame.contentFrom, reading.parser.startIndex)
    : frame.text;
  return reading.entities.size === 0 ? text : expandEntities(text, reading.entities);
}

function hasAttributes(attributes: Attributes): boolean {
  for (const _ in attributes) return true;
  return false;
}

function resolveBase(written: string | undefined, base: string): string {
  return written !== undefined && URL.canParse(written, base) ? new URL(written, base).href : base;
}

function finishTree(reading: Reading): FeedTree {
  if (reading.root === null)
    throw new FeedError('malformed', 'the document has no complete element');
  const warnings: string[] = [];
  if (reading.isCutOff) {
    const consequence = reading.isItemDropped ? ': its last item is left out' : '';
    warnings.push(`the document is cut off${consequence}`);
  }
  if (reading.omitted > 0) {
    warnings.push(`more than ${MAX_ITEMS} items: ${reading.omitted} are left out`);
  }
  if (reading.entities.size > 0) {
    warnings.push('the document declares entities: only short plain ones are expanded');
  }
  return {
    vocabulary: reading.vocabulary,
    attributes: reading.attributes,
    channel: reading.channel ?? reading.root,
    items: reading.items,
    warnings,
  };
}
