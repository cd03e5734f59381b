import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../src/extract/html-to-text.ts';

const CASES: [what: string, html: string, text: string][] = [
  ['paragraphs', '<p>One</p><p>Two<br>Three</p>', 'One\nTwo\nThree'],
  ['source line breaks, which are spaces', '<p>One\n  two</p>', 'One two'],
  ['inline markup', 'Micro<b>soft</b> <a href="x">patched</a>', 'Microsoft patched'],
  ['entities', 'AT&amp;T &quot;ok&quot; &#1571;&#x627; &hellip; &nbsp;x', 'AT&T "ok" أا … x'],
  ['scripts and styles', 'a<script>var x = "<p>b</p>";</script><style>p{}</style>c', 'a\nc'],
  [
    'figures and captions',
    '<p>a</p><figure><img src=x><figcaption>Photo: X</figcaption></figure><p>b</p>',
    'a\nb',
  ],
  ['figures in figures', '<figure><figure>x</figure>y</figure>b', 'b'],
  [
    'lists and tables',
    '<ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>',
    'a\nb\nc d',
  ],
  ['comments', 'a<!-- <p>no</p> -->b', 'ab'],
  ['text without markup', '  hello\n\n world \t x ', 'hello\nworld x'],
  ['a self-closing script of XHTML', 'a<script src="x"/>b', 'a\nb'],
  ['attributes with brackets', '<p title="a > b">c</p>', 'c'],
  ['nothing', '', ''],
];

describe('HTML as text', () => {
  it.each(CASES)('reads %s', (_what, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('is read in one pass however hostile the nesting', () => {
    const deep = `${'<div>'.repeat(100_000)}x${'</p>'.repeat(100_000)}`;
    expect(htmlToText(deep)).toBe('x');
  });

  it('over a megabyte is cut', () => {
    expect(htmlToText(`<p>${'a'.repeat(3_000_000)}`).length).toBeLessThan(1_100_000);
  });
});
