/**
 * How a client finds the direction of a text:
 * - `each-line`: every line by its first strong character (`unicode-bidi: plaintext` in a browser; what the text views of phones do);
 * - `each-block`: one direction for a whole text display, by its first strong character (`dir=auto`);
 * - `left-to-right`: no care at all. The worst that a reader can have, and still nothing may be out of order.
 *
 * Discord says nowhere which of them its clients follow, and its style sheets are not published; hence all three.
 * What is certain: its interface has no right-to-left language, so accents stay at the left and accessories at the right.
 */
export type DirectionRule = 'each-line' | 'each-block' | 'left-to-right';

const DIRECTION: Record<DirectionRule, string> = {
  'each-line': '.markup, .markup > * { unicode-bidi: plaintext; text-align: start; }',
  'each-block': '',
  'left-to-right': '',
};

/** Dark theme, with the fonts that a Debian machine has for both scripts; measures are those of Discord's web client by eye. */
export function pageStyle(rule: DirectionRule, width: number): string {
  return `
* { box-sizing: border-box; }
html { background: #1a1a1e; }
body { margin: 0; width: ${width}px; padding: 12px 12px 14px; background: #1a1a1e; color: #dfe0e2;
  font: 15px/1.375 'Noto Sans', 'Noto Sans Arabic', 'Noto Color Emoji', sans-serif; }
.message { display: grid; grid-template-columns: 40px 1fr; column-gap: 10px; }
.message + .message { margin-top: 14px; }
.avatar { width: 40px; height: 40px; border-radius: 50%; background: #27466b; display: grid; place-items: center; font-size: 20px; }
.author { font-weight: 600; color: #fff; line-height: 22px; margin-bottom: 4px; }
.author .app { background: #5865f2; color: #fff; font-size: 10px; font-weight: 600; line-height: 15px; border-radius: 4px;
  padding: 0 5px; margin: 0 6px; display: inline-block; vertical-align: 2px; }
.author .when { color: #94959c; font-size: 12px; font-weight: 400; }
.body { grid-column: 2; min-width: 0; display: grid; gap: 8px; }
.phone .body { grid-column: 1 / -1; margin-top: 6px; }
.markup { white-space: break-spaces; overflow-wrap: break-word; min-width: 0; }
.markup small { display: block; font-size: 12.5px; line-height: 1.45; color: #94959c; }
.markup h1, .markup h2, .markup h3 { margin: 4px 0 2px; line-height: 1.375; }
.markup h1 { font-size: 24px; } .markup h2 { font-size: 20px; } .markup h3 { font-size: 16px; }
.markup a { color: #5fa5fa; text-decoration: none; }
.markup strong { font-weight: 700; }
.markup time, .markup code { background: #ffffff12; border-radius: 3px; padding: 0 2px; }
.mention { background: #5865f24d; color: #c9cdfb; border-radius: 3px; padding: 0 2px; }
.container { position: relative; background: #242429; border: 1px solid #ffffff14; border-radius: 8px; padding: 10px 12px 10px 16px;
  display: grid; gap: 8px; overflow: hidden; }
.container::before { content: ''; position: absolute; inset: 0 auto 0 0; width: 4px; background: var(--accent, transparent); }
.section { display: flex; gap: 12px; align-items: flex-start; }
.section .texts { flex: 1; min-width: 0; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
hr { border: 0; border-top: 1px solid #ffffff1f; margin: 0; width: 100%; }
button { flex: none; font: 500 14px/18px 'Noto Sans', 'Noto Sans Arabic', 'Noto Color Emoji', sans-serif; color: #fff; background: #3a3a41; border: 1px solid #ffffff14;
  border-radius: 8px; padding: 6px 12px; }
button.primary { background: #5865f2; } button.success { background: #1f8a4c; } button.danger { background: #d22d39; }
button[disabled] { opacity: .5; }
${DIRECTION[rule]}`;
}
