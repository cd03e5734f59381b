import { expect, test } from 'vitest';
import { htmlToLine, htmlToText } from '../../src/feeds/html-to-text.ts';

test.each([
  ['<b>Bold</b> &amp; &quot;quoted&quot;&nbsp;&hellip;', 'Bold & "quoted" …'],
  ['<p>One</p>\n<p>Two</p>three<br>four', 'One\nTwo\nthree\nfour'],
  ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
  ['soft\nline   breaks', 'soft line breaks'],
  ['Vector<int> is no markup, a < b and I <3 you', 'Vector<int> is no markup, a < b and I <3 you'],
  ['<o:p>Word</o:p> and <my-card>widgets</my-card> are', 'Word and widgets are'],
  ['a<script>alert("<p>")</script><style>p{}</style>b', 'ab'],
  ['&#x627;&#1604;أمن', 'الأمن'],
  ['ا\u202eب\u200bج\u00a0د', 'ابج د'],
  ['نمی\u200cخواهم', 'نمی\u200cخواهم'],
  ['', ''],
])('%j reads %j', (html, text) => {
  expect(htmlToText(html)).toBe(text);
});

test('a headline is one line, and never empty because of its markup', () => {
  expect(htmlToLine('<p>One</p><p>two</p>')).toBe('One two');
  expect(htmlToLine('<script>')).toBe('script');
  expect(htmlToLine(' ')).toBe('');
});

test('markup nested without end is cut, not followed', () => {
  expect(htmlToText(`start ${'<b>x'.repeat(50_000)}`)).toMatch(/^start x+$/);
});
