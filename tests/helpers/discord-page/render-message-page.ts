import type { Component, MessageBody } from '../fake-discord/check-message.ts';
import { type DirectionRule, pageStyle } from './page-style.ts';
import { type ComponentContext, renderComponent } from './render-component.ts';
import { escapeHtml } from './render-markup.ts';

interface PageOptions extends Partial<ComponentContext> {
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
  const body = messages
    .map(({ components }) => message(components ?? [], context, options.postedAt ?? ''))
    .join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><style>${pageStyle(options.rule, options.width)}</style></head>
<body class="${device}">${body}</body></html>`;
}

function message(components: Component[], context: ComponentContext, postedAt: string): string {
  const body = components.map((component) => renderComponent(component, context)).join('');
  return `<div class="message"><div class="avatar">🛡</div><div><div class="author">Rasid<span class="app">APP</span><span class="when">${escapeHtml(
    postedAt,
  )}</span></div></div><div class="body">${body}</div></div>`;
}
