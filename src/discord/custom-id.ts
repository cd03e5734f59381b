/** `MAX_TOPIC_TEXT` and `MAX_SOURCE_TEXT` keep this within a button's id. Options as typed, empty where left out. */
export interface LatestPage {
  offset: number;
  topic: string;
  language: string;
  severity: string;
  source: string;
}

export const MAX_TOPIC_TEXT = 35;
export const MAX_SOURCE_TEXT = 40;

/**
 * What a button carries back. Ids are verified, not trusted: a handler looks the row up under the guild that pressed.
 * At most 100 characters (Discord's limit).
 */
export type ButtonAction =
  /** The longer view of a story in a posted digest. */
  | { kind: 'more'; outboxId: string; storyId: string }
  /** The longer view of a story that someone asked for. */
  | { kind: 'story'; storyId: string }
  /** The latest stories; under a digest that has nothing to report. */
  | { kind: 'latest'; outboxId: string }
  /** A page of `/latest`. */
  | ({ kind: 'page' } & LatestPage)
  /** A page of what `/search` found. */
  | { kind: 'found'; searchId: string; offset: number }
  /** A page of the server's subscriptions. */
  | { kind: 'list'; offset: number }
  | { kind: 'pause' | 'resume' | 'delete' | 'keep' | 'confirm-delete'; subscriptionId: string };

const ID = /^\d{1,19}$/;

export function encodeAction(action: ButtonAction): string {
  switch (action.kind) {
    case 'more':
      return `more:${action.outboxId}:${action.storyId}`;
    case 'story':
      return `story:${action.storyId}`;
    case 'latest':
      return `latest:${action.outboxId}`;
    case 'page': {
      const { offset, topic, language, severity, source } = action;
      return `page:${offset}:${topic}:${language}:${severity}:${source}`;
    }
    case 'found':
      return `found:${action.searchId}:${action.offset}`;
    case 'list':
      return `list:${action.offset}`;
    default:
      return `${action.kind}:${action.subscriptionId}`;
  }
}

/** Null for an id that no version of Rasid made. */
export function decodeAction(customId: string): ButtonAction | null {
  const [kind = '', first = '', ...rest] = customId.split(':');
  if (kind === 'page') return decodePage(first, rest);
  if (!ID.test(first)) return null;
  const [second = ''] = rest;
  if (kind === 'more') return ID.test(second) ? { kind, outboxId: first, storyId: second } : null;
  if (kind === 'found') return decodeFound(first, rest);
  if (rest.length > 0) return null;
  switch (kind) {
    case 'story':
      return { kind, storyId: first };
    case 'latest':
      return { kind, outboxId: first };
    case 'list':
      return { kind, offset: Number(first) };
    case 'pause':
    case 'resume':
    case 'delete':
    case 'keep':
    case 'confirm-delete':
      return { kind, subscriptionId: first };
    default:
      return null;
  }
}

function decodeFound(searchId: string, [offset = '', ...rest]: string[]): ButtonAction | null {
  if (!/^\d{1,4}$/.test(offset) || rest.length > 0) return null;
  return { kind: 'found', searchId, offset: Number(offset) };
}

function decodePage(offset: string, filters: string[]): ButtonAction | null {
  const [topic = '', language = '', severity = '', ...source] = filters;
  if (!/^\d{1,4}$/.test(offset)) return null;
  return {
    kind: 'page',
    offset: Number(offset),
    topic,
    language,
    severity,
    source: source.join(':'),
  };
}

/** The outbox message that a posted button belongs to, or null. */
export function outboxIdOf(customId: string): string | null {
  const action = decodeAction(customId);
  return action?.kind === 'more' || action?.kind === 'latest' ? action.outboxId : null;
}
