import type {
  APIMessageTopLevelComponent,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { GuildSettings } from '../domain/subscription.ts';
import type { Search } from '../search/create-search.ts';
import type { Database } from '../store/db.ts';
import type { ButtonAction } from './custom-id.ts';
import type { Messages } from './messages/en.ts';

/** What the answer to one interaction is made of. */
export interface ReplyContext {
  db: Database;
  search: Search;
  now: Date;
  /** Of the server that asks; every store call takes this id, never one from a button. */
  guildId: string;
  settings: GuildSettings;
  messages: Messages;
}

/** An answer for the asker alone. */
export interface Reply {
  components: APIMessageTopLevelComponent[];
}

export interface Choice {
  name: string;
  value: string;
}

/** One slash command. It is acknowledged before it runs; what it returns replaces "thinking". A `UsageError` is said to the asker. */
export interface Command {
  definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** Whether it needs Manage Server: by default in Discord, and checked again on receipt. */
  changes: boolean;
  run(interaction: ChatInputCommandInteraction, context: ReplyContext): Promise<Reply>;
  /** The choices for the option being typed. */
  complete?(interaction: AutocompleteInteraction, context: ReplyContext): Promise<Choice[]>;
}

/** What a kind of button does. */
export interface ButtonHandler<Kind extends ButtonAction['kind']> {
  /** Answers with a message of its own, or replaces the message that holds the button. */
  answers: 'reply' | 'update';
  changes: boolean;
  press(
    action: Extract<ButtonAction, { kind: Kind }>,
    context: ReplyContext,
    interaction: ButtonInteraction,
  ): Promise<Reply>;
}
