import type { APIMessageTopLevelComponent } from 'discord.js';
import { buildDigest, digestLanguage } from '../digest/build-digest.ts';
import type { Digest } from '../domain/digest.ts';
import type { NewSubscription } from '../domain/subscription.ts';
import type { ReplyContext } from './command.ts';
import { findStories } from './find-stories.ts';
import { fitsLimits } from './limits.ts';
import { renderDigest } from './render-digest.ts';

const MAX_STORIES = 9;
const SPAN_MS = 24 * 3_600_000;

/**
 * What the channel would have received in the last 24 hours, between other components of one answer: as many stories as fit
 * there, the others are counted.
 */
export async function withPreview(
  subscription: NewSubscription,
  context: ReplyContext,
  frame: (digest: APIMessageTopLevelComponent[]) => APIMessageTopLevelComponent[],
): Promise<APIMessageTopLevelComponent[]> {
  const { now, settings } = context;
  const stories = await findStories(subscription, new Date(now.getTime() - SPAN_MS), context);
  const options = {
    language: digestLanguage(subscription.language, settings.language),
    timezone: subscription.timezone,
    dueAt: now,
  };
  for (let limit = MAX_STORIES; ; limit -= 1) {
    const components = frame(shown(buildDigest(stories, { ...options, limit })));
    if (limit === 0 || fitsLimits(components)) return components;
  }
}

function shown(digest: Digest): APIMessageTopLevelComponent[] {
  return renderDigest(digest, { outboxId: null, position: 1, roleId: null }).components;
}
