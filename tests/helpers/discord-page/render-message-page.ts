import type { Component, MessageBody } from '../fake-discord/check-message.ts';
import { type DirectionRule, pageStyle } from './page-style.ts';
import { renderComponent } from './render-component.ts';
import { escapeHtml, type MarkupContext } from './render-markup.ts';

export interface PageOptions extends Partial<MarkupContext> {
  now: Date;
  rule: DirectionRule;
  /** CSS pixels. */
  width: number;
  /** Shown beside the author. */
  postedAt?: string;
}

/** Widths at which a message is looked at: a phone and a window on a desk. */
export const PHONE = 360;
export const DESKTOP = 720;

/** Messages made of components, one below the other, as a page that shows them as Discord's clients do. */
export function renderMessagePage(
  messages: Pick<MessageBody, 'components'>[],
  options: PageOptions,
): string {
  const context = { locale: 'en-GB', channels: {}, roles: {}, ...options };
  const device = options.width < DESKTOP ? 'phone' : 'desktop';
  const body = messages.map(({ components }) => message(components ?? [], context)).join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><style>${pageStyle(options.rule, options.width)}</style></head>
<body class="${device}">${body}</body></html>`;
}

function message(components: Component[], context: PageOptions & MarkupContext): string {
  const shown = components.map((component) => renderComponent(component, context)).join('');
  const body =
    context.rule === 'each-block' ? shown.replaceAll(' data-text', ' data-text dir="auto"') : shown;
  return `<div class="message"><div class="avatar">🛡</div><div><div class="author">Rasid<span class="app">APP</span><span class="when">${escapeHtml(
    context.postedAt ?? '',
  )}</span></div></div><div class="body">${body}</div></div>`;
}
