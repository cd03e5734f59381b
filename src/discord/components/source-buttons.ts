import { UsageError } from '../../domain/errors.ts';
import { listFeeds } from '../../store/feed-store.ts';
import {
  addOwnFeed,
  findProposedSource,
  listOwnFeeds,
  type ProposedSource,
} from '../../store/source-store.ts';
import type { ButtonHandler, ReplyContext } from '../command.ts';
import { escapeText } from '../escape-text.ts';
import { renderSources } from '../render-sources.ts';
import { inServerDirection, textBlock } from '../reply.ts';

/** Each is fetched for as long as the server keeps it. */
const MAX_SOURCES = 20;

export const sourcePage: ButtonHandler<'sources'> = {
  answers: 'update',
  changes: false,
  press: async ({ offset }, context) =>
    renderSources(await listFeeds(context.db, context.guildId), offset, context),
};

export const addSource: ButtonHandler<'add-source'> = {
  answers: 'update',
  changes: true,
  press: async ({ proposalId }, context, interaction) => {
    const { source } = await findOwnProposal(proposalId, interaction.user.id, context);
    const { db, guildId, messages, now } = context;
    const feed = await addOwnFeed(db, source, { guildId, limit: MAX_SOURCES, now });
    if (feed === null) throw tooMany(context);
    const name = escapeText(inServerDirection(feed.name, context));
    return { components: [textBlock([messages.sources.added(name)], context)] };
  },
};

export const dropSource: ButtonHandler<'drop-source'> = {
  answers: 'update',
  changes: true,
  press: async ({ proposalId }, context, interaction) => {
    await findOwnProposal(proposalId, interaction.user.id, context);
    return { components: [textBlock([context.messages.sources.dropped], context)] };
  },
};

/** Before anything is fetched. @throws UsageError when the server has as many as it may have */
export async function checkRoomForSource(context: ReplyContext): Promise<void> {
  const own = await listOwnFeeds(context.db, context.guildId);
  if (own.length >= MAX_SOURCES) throw tooMany(context);
}

function tooMany({ messages }: ReplyContext): UsageError {
  return new UsageError('too-many-sources', messages.sources.tooMany(MAX_SOURCES));
}

async function findOwnProposal(
  proposalId: string,
  userId: string,
  context: ReplyContext,
): Promise<ProposedSource> {
  const { db, guildId, messages, now } = context;
  const proposal = await findProposedSource(db, guildId, proposalId, now);
  if (proposal === null) throw new UsageError('gone', messages.sources.expired);
  if (proposal.userId === userId) return proposal;
  throw new UsageError('not-yours', messages.sources.notYours);
}
