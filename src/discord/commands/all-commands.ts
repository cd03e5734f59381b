import type { Command } from '../command.ts';
import { digest } from './digest.ts';
import { help } from './help.ts';
import { latest } from './latest.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { sources } from './sources.ts';
import { stats } from './stats.ts';
import { story } from './story.ts';
import { subscribe } from './subscribe.ts';
import { subscriptions } from './subscriptions.ts';
import { unsubscribe } from './unsubscribe.ts';
import { why } from './why.ts';

export const allCommands: readonly Command[] = [
  subscribe,
  subscriptions,
  unsubscribe,
  digest,
  latest,
  search,
  story,
  why,
  sources,
  stats,
  settings,
  help,
];
