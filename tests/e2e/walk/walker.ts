import { setTimeout as sleep } from 'node:timers/promises';
import { buttonsOf, textOf } from '../../discord/text-of.ts';
import type { Component } from '../../helpers/fake-discord/check-message.ts';
import { flatten } from '../../helpers/fake-discord/check-message.ts';
import type { OptionValues } from '../../helpers/fake-discord/command-data.ts';
import type { Asker } from '../../helpers/fake-discord/interactions.ts';
import type { FakeForm, FakeMessage, InteractionReply } from '../../helpers/fake-discord/state.ts';
import {
  choiceProblems,
  descriptionsOf,
  expectNone,
  formProblems,
  messageProblems,
} from './check-reply.ts';
import type { Frame, Place, World } from './open-world.ts';

/** What was met and what was tried in a server, so that nothing that was met is left untried. */
export interface Seen {
  /** `subscribe schedule=daily`, `subscribe at`, `sources add url`. */
  used: Set<string>;
  /** Options that were completed, with the script that was typed: `latest topic ar`. */
  completed: Set<string>;
  /** Kinds of buttons that messages offered, and those that were pressed. */
  offered: Set<string>;
  pressed: Set<string>;
  /** Fields of forms that were opened, and those that were sent back with another value: `edit when`. */
  asked: Set<string>;
  answered: Set<string>;
  /** Everything that was said, without marks of direction. */
  said: string[];
}

export function createSeen(): Seen {
  return {
    used: new Set(),
    completed: new Set(),
    offered: new Set(),
    pressed: new Set(),
    asked: new Set(),
    answered: new Set(),
    said: [],
  };
}

export type Walker = ReturnType<typeof createWalker>;

/** As many as a server may ask at once, and how fast it may go on (`RATE_LIMITS` leaves more). */
const BURST = 55;
const PER_SECOND = 4.8;

let members = 1_000;

/** A member who does in one server whatever a table says, and looks at every answer. */
export function createWalker({ discord }: World, place: Place, seen: Seen) {
  const frame = place.language;
  const pace = createPace();
  /** A member who has asked nothing yet, and manages the server. */
  const someone = () => {
    members += 1;
    return { userId: String(members) };
  };
  /** Each step is another member's unless it says whose: nobody is held back for asking much. */
  const asker = (as: Partial<Asker> = {}): Asker => ({
    guildId: place.guildId,
    channelId: place.news,
    ...someone(),
    ...as,
  });

  const look = (what: string, reply: InteractionReply, asked: Frame[] = []): InteractionReply => {
    if (reply.message !== null) lookAt(what, reply.message, asked);
    if (reply.form !== null) {
      expectNone(`${frame}: ${what}`, formProblems(reply.form, frame));
      const [kind = ''] = reply.form.customId.split(':');
      for (const { id } of reply.form.fields) seen.asked.add(`${kind} ${id}`);
      seen.said.push(
        reply.form.title,
        ...reply.form.fields.map(({ label }) => label),
        ...reply.form.hints,
      );
    }
    return reply;
  };
  const lookAt = (what: string, message: FakeMessage, asked: Frame[] = []) => {
    expectNone(`${frame}: ${what}`, messageProblems(message, [frame, ...asked]));
    seen.said.push(textOf(message), ...descriptionsOf(message));
    for (const component of flatten(message.components ?? [])) note(component);
  };
  const note = ({ custom_id: id, label, disabled }: Component) => {
    if (label !== undefined) seen.said.push(label);
    if (id !== undefined && disabled !== true) seen.offered.add(kindOf(id));
  };

  return {
    frame,
    place,
    seen,
    someone,
    lookAt,
    command: async (name: string, options: OptionValues = {}, as?: Partial<Asker>) => {
      await pace();
      seen.used.add(name);
      for (const [option, value] of Object.entries(options)) {
        seen.used.add(`${name} ${option}`).add(`${name} ${option}=${value}`);
      }
      const what = `/${name} ${JSON.stringify(options)}`;
      const asked = IN_LANGUAGE_ASKED.has(name) ? languageAsked(options) : [];
      return look(what, await discord.sendCommand(name, options, asker(as)), asked);
    },
    /** What is offered for an option while it is typed. */
    complete: async (name: string, option: string, typed: string, others: OptionValues = {}) => {
      seen.completed.add(`${name} ${option} ${/\p{Script=Arabic}/u.test(typed) ? 'ar' : 'en'}`);
      const options = { ...others, [option]: typed };
      const choices = await discord.autocomplete(name, options, option, asker());
      expectNone(`${frame}: /${name} ${option}:${typed}`, choiceProblems(choices));
      return choices;
    },
    press: async (id: string, as?: Partial<Asker>) => {
      await pace();
      seen.pressed.add(kindOf(id));
      return look(`press ${id}`, await discord.press(id, asker(as)));
    },
    /** Sends a form back with these values. */
    submit: async (form: FakeForm, values: Record<string, string>, as?: Partial<Asker>) => {
      await pace();
      const [kind = ''] = form.customId.split(':');
      for (const { id, value } of form.fields) {
        if (values[id] !== undefined && values[id] !== value) seen.answered.add(`${kind} ${id}`);
      }
      const what = `submit ${form.customId} ${JSON.stringify(values)}`;
      return look(what, await discord.submit(form, values, asker(as)));
    },
  };
}

/** What these show is in the language that was asked for: a digest in that of its stories. */
const IN_LANGUAGE_ASKED = new Set(['digest', 'subscribe', 'settings']);

function languageAsked({ language }: OptionValues): Frame[] {
  return language === 'ar' || language === 'en' ? [language] : [];
}

/** A button's kind is what its id begins with; a vote's also what it says. */
function kindOf(id: string): string {
  const [kind = '', , choice] = id.split(':');
  return kind === 'vote' ? `vote ${choice}` : kind;
}

function createPace() {
  let tokens = BURST;
  let at = performance.now();
  return async () => {
    const now = performance.now();
    tokens = Math.min(BURST, tokens + ((now - at) / 1000) * PER_SECOND);
    at = now;
    if (tokens < 1) await sleep(((1 - tokens) / PER_SECOND) * 1000);
    tokens -= 1;
  };
}

/** The newest button of a kind in a message that can be pressed. */
export function buttonIn(
  reply: { message: FakeMessage | null },
  kind: string,
  last = false,
): string {
  const found = flatten(reply.message?.components ?? []).flatMap(({ custom_id: id, disabled }) =>
    id !== undefined && disabled !== true && kindOf(id) === kind ? [id] : [],
  );
  const id = last ? found.at(-1) : found[0];
  if (id === undefined)
    throw new Error(
      `no button "${kind}" among ${buttonsOf(reply.message)}: ${textOf(reply.message)}`,
    );
  return id;
}

/** The form that a button opened. */
export function formOf({ form, message }: InteractionReply): FakeForm {
  if (form === null) throw new Error(`no form was opened: ${textOf(message)}`);
  return form;
}
