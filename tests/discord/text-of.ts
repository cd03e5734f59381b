import { type Component, flatten } from '../helpers/fake-discord/check-message.ts';

const BIDI_CONTROLS = /[\u200e\u200f\u2066-\u2069]/g;

/** All text of a message as a reader sees it: without the invisible characters that steer direction. */
export function textOf(
  message: { components?: Component[] | null; content?: string | null } | null,
): string {
  const texts = flatten(message?.components ?? []).flatMap(({ content }) =>
    content === undefined ? [] : [content],
  );
  return [message?.content ?? '', ...texts].join('\n').replace(BIDI_CONTROLS, '').trim();
}

/** The custom ids of its buttons, in order. */
export function buttonsOf(message: { components?: Component[] | null } | null): string[] {
  return flatten(message?.components ?? []).flatMap(({ custom_id: id }) =>
    id === undefined ? [] : [id],
  );
}

/** The linked titles of its stories, in order. */
export function titlesOf(message: Parameters<typeof textOf>[0]): string[] {
  return [...textOf(message).matchAll(/\*\*\[(.*?)\]/g)].map(([, title = '']) => title);
}
