import type { Component } from '../fake-discord/check-message.ts';
import type { DirectionRule } from './page-style.ts';
import { escapeHtml, type MarkupContext, renderMarkup } from './render-markup.ts';

export interface ComponentContext extends MarkupContext {
  rule: DirectionRule;
}

const ACTION_ROW = 1;
const BUTTON = 2;
const SECTION = 9;
const TEXT_DISPLAY = 10;
const SEPARATOR = 14;
const CONTAINER = 17;
const BUTTON_STYLES = ['', 'primary', 'secondary', 'success', 'danger', 'link'];

/** One component of a message as HTML. Throws for a kind that Rasid doesn't send: its looks would be guessed. */
export function renderComponent(component: Component, context: ComponentContext): string {
  const children = () =>
    (component.components ?? []).map((child) => renderComponent(child, context)).join('');
  switch (component.type) {
    case TEXT_DISPLAY:
      return `<div class="markup" data-text${context.rule === 'each-block' ? ' dir="auto"' : ''}>${renderMarkup(component.content ?? '', context)}</div>`;
    case BUTTON:
      return button(component);
    case ACTION_ROW:
      return `<div class="row">${children()}</div>`;
    case SECTION:
      return `<div class="section"><div class="texts">${children()}</div>${
        component.accessory ? renderComponent(component.accessory, context) : ''
      }</div>`;
    case SEPARATOR:
      return '<hr>';
    case CONTAINER:
      return `<div class="container"${accent(component)}>${children()}</div>`;
    default:
      throw new RangeError(`no looks known for a component of type ${component.type}`);
  }
}

function button({ style = 2, label = '', disabled }: Component): string {
  const kind = BUTTON_STYLES[style] ?? 'secondary';
  return `<button class="${kind}" type="button"${disabled ? ' disabled' : ''}>${escapeHtml(label)}</button>`;
}

function accent({ accent_color: colour }: Component): string {
  return typeof colour === 'number'
    ? ` style="--accent: #${colour.toString(16).padStart(6, '0')}"`
    : '';
}
