import { readFile } from 'node:fs/promises';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { z } from 'zod';
import { messageOf, UsageError } from '../domain/errors.ts';
import type { FeedSource } from '../domain/feed.ts';
import { TOPICS } from '../domain/topic.ts';

/** An address that a source may have. */
export const httpAddress = z.string().refine(isHttpAddress, {
  message: 'must be an http(s) address without user name or password',
});

const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((value) => !/\p{Cc}/u.test(value), { message: 'must be one line' });

/** One entry of `feeds.json`. Only `url` and `name` are required. */
const sourceSchema = z.strictObject({
  url: httpAddress,
  name: line,
  outlet: line.optional(),
  language: z.enum(['ar', 'en', 'other']).default('other'),
  kind: z.enum(['rss', 'sitemap', 'json']).default('rss'),
  topics: z.array(z.enum(TOPICS)).default([]),
  trust: z.int().min(1).max(5).default(3),
  fullText: z.boolean().default(false),
  enabled: z.boolean().default(true),
  note: z.string().trim().min(1).max(1000).optional(),
});

export interface Catalogue {
  sources: FeedSource[];
  /** One line for each thing that is wrong, with the line of the file and the field. */
  problems: string[];
}

/**
 * Reads the source catalogue. A bad or repeated entry is named in `problems` and left out; the others stay.
 * @throws UsageError `no-catalogue` when the file cannot be read, `bad-catalogue` when it is no JSON list (with the line).
 */
export async function loadCatalogue(path: string): Promise<Catalogue> {
  return parseCatalogue(await readCatalogueFile(path), path);
}

/** The file's text. @throws UsageError `no-catalogue`. */
export async function readCatalogueFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  } catch (cause) {
    throw new UsageError(
      'no-catalogue',
      `the catalogue of sources (RASID_FEEDS) cannot be read: ${messageOf(cause)}`,
      { cause },
    );
  }
}

export function parseCatalogue(text: string, path: string): Catalogue {
  const sources: FeedSource[] = [];
  const problems: string[] = [];
  const seenUrls = new Map<string, number>();
  const seenNames = new Map<string, number>();
  for (const entry of readEntries(text, path)) {
    const at = lineOf(text, entry.offset);
    const source = checkEntry(entry, text, problems);
    if (source === null) continue;
    const address = new URL(source.url).href;
    const earlier = seenUrls.get(address);
    if (earlier !== undefined) {
      problems.push(`line ${at}: url: the same address as on line ${earlier}: left out`);
      continue;
    }
    const namesake = seenNames.get(source.name);
    if (namesake !== undefined) {
      problems.push(`line ${at}: name: “${source.name}” is also the name of line ${namesake}`);
    }
    seenUrls.set(address, at);
    seenNames.set(source.name, at);
    sources.push(source);
  }
  return { sources, problems };
}

/** The nodes of the list's entries. @throws UsageError `bad-catalogue` with the line of the first fault. */
export function readEntries(text: string, path: string): Node[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const fault = errors[0];
  if (fault !== undefined) {
    const what = printParseErrorCode(fault.error).replace(/([a-z])([A-Z])/g, '$1 $2');
    const message = `${path} line ${lineOf(text, fault.offset)}: no valid JSON (${what.toLowerCase()})`;
    throw new UsageError('bad-catalogue', message);
  }
  if (root?.type !== 'array') {
    throw new UsageError('bad-catalogue', `${path} line 1: must be a list of sources: [ … ]`);
  }
  return root.children ?? [];
}

function checkEntry(entry: Node, text: string, problems: string[]): FeedSource | null {
  const result = sourceSchema.safeParse(getNodeValue(entry));
  if (result.success) return { ...result.data, outlet: result.data.outlet ?? result.data.name };
  const name = nameOf(entry);
  for (const issue of result.error.issues) {
    // A field that the schema does not know is in `keys`, not in the path.
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const field = [...issue.path, ...unknown].filter(isJsonKey);
    const node = nearestNode(entry, field);
    const label = field.length === 0 ? 'entry' : field.join('.');
    const message = issue.message.replace(
      /^Invalid input: (.*), received undefined$/,
      'missing: $1',
    );
    problems.push(`line ${lineOf(text, node.offset)}: ${label}: ${message}: ${name} left out`);
  }
  return null;
}

function nameOf(entry: Node): string {
  const name: unknown = findNodeAtLocation(entry, ['name'])?.value;
  return typeof name === 'string' ? `“${name}”` : 'entry';
}

function nearestNode(entry: Node, field: (string | number)[]): Node {
  for (let length = field.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(entry, field.slice(0, length));
    if (node !== undefined) return node;
  }
  return entry;
}

function isJsonKey(key: PropertyKey): key is string | number {
  return typeof key !== 'symbol';
}

function isHttpAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/** Counted from 1. */
function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
