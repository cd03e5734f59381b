import { describe, expect, it } from 'vitest';
import { keepWhole } from '../../src/language/keep-whole.ts';
import { normaliseForMatching } from '../../src/language/normalise-arabic.ts';

const seen = (text: string) => keepWhole(text).replaceAll('\u2060', '‹wj›');

describe('a text for a narrow screen', () => {
  it.each([
    ['ثغرة (CVE-2026-41873) في', 'ثغرة (CVE-‹wj›2026-‹wj›41873) في'],
    ['\u2066v2.1.3-beta+4\u2069 now', '\u2066v2.1.3-‹wj›beta+4\u2069 now'],
    ['08:00–09:30', '08:00–‹wj›09:30'],
    ['في ٢٠١٩–٢٠٢٦', 'في ٢٠١٩–‹wj›٢٠٢٦'],
    ['http://a.io/x?y', 'http://‹wj›a.io/‹wj›x?‹wj›y'],
  ])('keeps %s on one line', (text, expected) => {
    expect(seen(text)).toBe(expected);
    expect(normaliseForMatching(keepWhole(text))).toBe(normaliseForMatching(text));
  });

  it.each([
    'a zero-day, end-to-end',
    '-12.5%',
    '- 3 servers -',
    'd41d8cd98f00b204e9800998ecf8427e',
  ])('leaves %s as it is', (text) => expect(keepWhole(text)).toBe(text));

  it('leaves what is longer than a line', () => {
    const address = 'https://cert.example/2026/11/a-b?c=1&d=2';
    expect(keepWhole(address)).toBe(address);
  });
});
