import {
  type APIButtonComponentWithCustomId,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { frameLine } from '../digest/frame-text.ts';
import { shortenText } from '../digest/shorten-text.ts';
import { isolateBetween, isolateForeignRuns } from '../language/bidi.ts';
import type { ReplyContext } from './command.ts';
import { type ButtonAction, encodeAction } from './custom-id.ts';
import { MAX_TEXT } from './limits.ts';

/** Lines in the server's language as one block of text; each begins in its direction, and what is foreign in our own words is isolated. */
export function textBlock(
  lines: string[],
  context: Pick<ReplyContext, 'settings'>,
): APIMessageTopLevelComponent {
  const { language } = context.settings;
  const content = lines
    .map((line) => {
      const markup = /^(?:-# |### )?/.exec(line)?.[0] ?? '';
      const words = isolateBetween(line.slice(markup.length), language === 'ar' ? 'rtl' : 'ltr');
      return `${markup}${frameLine(words, language)}`;
    })
    .join('\n');
  return { type: ComponentType.TextDisplay, content: shortenText(content, MAX_TEXT) };
}

/** Buttons side by side, at most five. */
export function buttonRow(
  buttons: { action: ButtonAction; label: string; danger?: boolean; disabled?: boolean }[],
): APIMessageTopLevelComponent {
  const components = buttons.map(
    ({ action, label, danger = false, disabled = false }): APIButtonComponentWithCustomId => ({
      type: ComponentType.Button,
      style: danger ? ButtonStyle.Danger : ButtonStyle.Secondary,
      label,
      custom_id: encodeAction(action),
      disabled,
    }),
  );
  return { type: ComponentType.ActionRow, components };
}

/** A line of our own words with someone's name, an address or a command in it. */
export function inServerDirection(text: string, context: Pick<ReplyContext, 'settings'>): string {
  return isolateForeignRuns(text, context.settings.language === 'ar' ? 'rtl' : 'ltr');
}
