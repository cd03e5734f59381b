import type {
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { FoundSource } from '../domain/feed.ts';
import type { GuildSettings } from '../domain/subscription.ts';
import type { Search } from '../search/create-search.ts';
import type { Database } from '../store/db.ts';
import type { ButtonAction } from './custom-id.ts';
import type { Messages } from './messages/en.ts';

/** What the bot asks of rooms that it does not know. */
export interface Outside {
  /** One form for all addresses of an article. */
  canonicalUrl(url: string): string;
  /** The feed at an address, or that a page there leads to. @throws NetError, FeedError `no-feed` */
  findSource(address: string): Promise<FoundSource>;
  /** Whether a list of products, companies, actors or malware has this name. */
  isKnownName(name: string): boolean;
}

/** What the answer to one interaction is made of. */
export interface ReplyContext {
  db: Database;
  search: Search;
  outside: Outside;
  now: Date;
  /** Of the server that asks; every store call takes this id, never one from a button. */
  guildId: string;
  settings: GuildSettings;
  /** For servers that set no threshold of their own. */
  modelThreshold: number;
  messages: Messages;
}

/** An answer for the asker alone. */
export interface Reply {
  components: APIMessageTopLevelComponent[];
  /** Shown by a component whose address is `attachment://` and the name. */
  files?: { name: string; data: Buffer }[];
}

export interface Choice {
  name: string;
  value: string;
}

/** One slash command. It is acknowledged before it runs; what it returns replaces "thinking". A `UsageError` is said to the asker. */
export interface Command {
  definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** Whether it needs Manage Server (by default in Discord) or the role chosen in `/settings`: checked again on receipt. */
  changes: boolean | ((interaction: ChatInputCommandInteraction) => boolean);
  run(interaction: ChatInputCommandInteraction, context: ReplyContext): Promise<Reply>;
  /** The choices for the option being typed. */
  complete?(interaction: AutocompleteInteraction, context: ReplyContext): Promise<Choice[]>;
}

/** A button that opens a form, and what the form's answer does: it replaces the message that holds the button. */
export interface FormHandler<Kind extends ButtonAction['kind']> {
  answers: 'form';
  changes: boolean;
  /** Opening is itself the acknowledgement: it must be quick. */
  open(
    action: Extract<ButtonAction, { kind: Kind }>,
    context: ReplyContext,
    interaction: ButtonInteraction,
  ): Promise<APIModalInteractionResponseCallbackData>;
  submit(
    action: Extract<ButtonAction, { kind: Kind }>,
    context: ReplyContext,
    interaction: ModalSubmitInteraction,
  ): Promise<Reply>;
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
