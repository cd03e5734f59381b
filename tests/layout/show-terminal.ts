import { escapeHtml } from '../helpers/discord-page/render-markup.ts';

const ESCAPE = '\u001b';
const CODES: Record<string, string> = {
  '1': 'font-weight:700',
  '2': 'opacity:.65',
  '31': 'color:#ff7b72',
  '33': 'color:#e3b341',
  '34': 'color:#79c0ff',
  '35': 'color:#d2a8ff',
};
const END_OF: Record<string, string[]> = { '22': ['1', '2'], '39': ['31', '33', '34', '35'] };

/**
 * What a terminal with colours, links and the bidirectional algorithm shows, as a page. Such terminals (those on VTE, Konsole, mlterm)
 * give each line the direction of its first strong character.
 */
export function renderTerminalPage(outputs: string[], width: number): string {
  const screens = outputs.map(
    (output) => `<pre>${output.trimEnd().split('\n').map(lineHtml).join('')}</pre>`,
  );
  return `<!doctype html><html><head><meta charset="utf-8"><style>
body { margin: 0; width: ${width}px; padding: 14px; background: #0d1117; color: #e6edf3; }
pre { margin: 0; font: 14px/1.5 'DejaVu Sans Mono', 'Noto Sans Mono', monospace, 'Noto Sans Arabic', 'Noto Color Emoji'; }
pre + pre { margin-top: 18px; border-top: 1px solid #30363d; padding-top: 14px; }
div { white-space: pre; unicode-bidi: plaintext; text-align: start; min-height: 1.5em; }
</style></head><body>${screens.join('')}</body></html>`;
}

function lineHtml(line: string): string {
  const on = new Set<string>();
  const pattern = new RegExp(
    `${ESCAPE}\\]8;;[^${ESCAPE}]*${ESCAPE}\\\\|${ESCAPE}\\[(\\d+)m|([^${ESCAPE}]+)`,
    'gu',
  );
  const spans = Array.from(line.matchAll(pattern), ([, code, text]) => {
    if (code !== undefined) switchStyle(on, code);
    if (text === undefined) return '';
    const style = [...on].map((one) => CODES[one] ?? '').join(';');
    return style === '' ? escapeHtml(text) : `<span style="${style}">${escapeHtml(text)}</span>`;
  });
  return `<div>${spans.join('')}</div>`;
}

function switchStyle(on: Set<string>, code: string): void {
  const ended = END_OF[code];
  if (ended === undefined) on.add(code);
  else for (const one of ended) on.delete(one);
}
