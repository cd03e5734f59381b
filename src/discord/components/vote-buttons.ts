import { GuildMember, SnowflakeUtil } from 'discord.js';
import { MIN_ACCOUNT_DAYS, MIN_MEMBER_DAYS } from '../../digest/feedback-rule.ts';
import { UsageError } from '../../domain/errors.ts';
import { saveVote } from '../../store/vote-store.ts';
import type { ButtonHandler } from '../command.ts';
import { textBlock } from '../reply.ts';
import { mayVote, showStory } from '../show-story.ts';

const DAY_MS = 24 * 3_600_000;

/** One vote of each member for each story, of those who may see a channel in which it was posted. */
export const vote: ButtonHandler<'vote'> = {
  answers: 'update',
  changes: false,
  press: async ({ storyId, vote: choice }, context, interaction) => {
    const { db, guildId, messages, now } = context;
    if (!(await mayVote(storyId, context, interaction))) {
      throw new UsageError('not-here', messages.vote.notHere);
    }
    const { id: userId } = interaction.user;
    const accountCreatedAt = new Date(SnowflakeUtil.timestampFrom(userId));
    const { member } = interaction;
    const memberSince = member instanceof GuildMember ? member.joinedAt : null;
    const cast = { guildId, storyId, userId, vote: choice, accountCreatedAt, memberSince };
    await saveVote(db, cast, now);
    const counts =
      isOld(accountCreatedAt, MIN_ACCOUNT_DAYS, now) && isOld(memberSince, MIN_MEMBER_DAYS, now);
    const thanks = counts ? messages.vote.thanks : messages.vote.untrusted;
    const { components } = await showStory(storyId, context, interaction);
    return { components: [...components, textBlock([`-# ${thanks}`], context)] };
  },
};

function isOld(since: Date | null, days: number, now: Date): boolean {
  return since !== null && now.getTime() - since.getTime() >= days * DAY_MS;
}
