import { VOTES, type Vote } from '../domain/vote.ts';

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
  /** A page of the sources. */
  | { kind: 'sources'; offset: number }
  /** A source that someone is looking at before it is added. */
  | EachKind<'add-source' | 'drop-source', { proposalId: string }>
  /** A new subscription for the channel where the button is, with what most choose. */
  | { kind: 'begin' }
  /** A page of the server's subscriptions. */
  | { kind: 'list'; offset: number }
  /** The stories that a posted digest only counts. */
  | { kind: 'rest'; outboxId: string }
  | { kind: 'rest-page'; outboxId: string; offset: number }
  /** A subscription that someone is looking at before it is saved; `revise` and `replace` open forms. */
  | EachKind<(typeof DRAFT_ACTIONS)[number], { draftId: string }>
  /** What a member says of a story. */
  | { kind: 'vote'; storyId: string; vote: Vote }
  | EachKind<(typeof SUBSCRIPTION_ACTIONS)[number], { subscriptionId: string }>;

const DRAFT_ACTIONS = ['confirm', 'revise', 'replace', 'cancel'] as const;

const SUBSCRIPTION_ACTIONS = [
  'preview',
  'pause',
  'resume',
  'edit',
  'move',
  'delete',
  'keep',
  'confirm-delete',
] as const;

/** One member of the union for each kind, so that a handler's action is known by its kind alone. */
type EachKind<Kinds extends string, Fields> = { [Kind in Kinds]: { kind: Kind } & Fields }[Kinds];

const ID = /^\d{1,19}$/;
const OFFSET = /^\d{1,4}$/;

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
    case 'begin':
      return 'begin';
    case 'found':
      return `found:${action.searchId}:${action.offset}`;
    case 'list':
    case 'sources':
      return `${action.kind}:${action.offset}`;
    case 'add-source':
    case 'drop-source':
      return `${action.kind}:${action.proposalId}`;
    case 'rest':
      return `rest:${action.outboxId}`;
    case 'rest-page':
      return `rest-page:${action.outboxId}:${action.offset}`;
    case 'vote':
      return `vote:${action.storyId}:${action.vote}`;
    case 'confirm':
    case 'revise':
    case 'replace':
    case 'cancel':
      return `${action.kind}:${action.draftId}`;
    default:
      return `${action.kind}:${action.subscriptionId}`;
  }
}

/** Null for an id that no version of Rasid made. */
export function decodeAction(customId: string): ButtonAction | null {
  const [kind = '', first = '', ...rest] = customId.split(':');
  if (kind === 'page') return decodePage(first, rest);
  if (customId === 'begin') return { kind: 'begin' };
  if (!ID.test(first)) return null;
  if (rest.length > 0) return decodePair(kind, first, rest);
  switch (kind) {
    case 'story':
      return { kind, storyId: first };
    case 'latest':
    case 'rest':
      return { kind, outboxId: first };
    case 'list':
    case 'sources':
      return { kind, offset: Number(first) };
    case 'add-source':
    case 'drop-source':
      return { kind, proposalId: first };
    case 'confirm':
    case 'revise':
    case 'replace':
    case 'cancel':
      return { kind, draftId: first };
    default: {
      const known = SUBSCRIPTION_ACTIONS.find((name) => name === kind);
      return known === undefined ? null : { kind: known, subscriptionId: first };
    }
  }
}

function decodePair(
  kind: string,
  first: string,
  [second = '', ...rest]: string[],
): ButtonAction | null {
  if (rest.length > 0) return null;
  if (kind === 'vote') {
    const vote = VOTES.find((name) => name === second);
    return vote === undefined ? null : { kind, storyId: first, vote };
  }
  if (kind === 'more') return ID.test(second) ? { kind, outboxId: first, storyId: second } : null;
  if (!OFFSET.test(second)) return null;
  if (kind === 'found') return { kind, searchId: first, offset: Number(second) };
  return kind === 'rest-page' ? { kind, outboxId: first, offset: Number(second) } : null;
}

function decodePage(offset: string, filters: string[]): ButtonAction | null {
  const [topic = '', language = '', severity = '', ...source] = filters;
  if (!OFFSET.test(offset)) return null;
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
  return action !== null && 'outboxId' in action ? action.outboxId : null;
}
