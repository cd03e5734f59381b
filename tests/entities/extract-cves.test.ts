import { expect, test } from 'vitest';
import { extractCves } from '../../src/entities/extract-cves.ts';

test.each([
  ['fixes CVE-2021-44228 today', ['CVE-2021-44228']],
  ['cve-2021-44228, CVE-2021-44228', ['CVE-2021-44228']],
  ['(CVE‑2024‑3400)', ['CVE-2024-3400']],
  ['CVE–2024–3400', ['CVE-2024-3400']],
  ['CVE 2024-3400', ['CVE-2024-3400']],
  ['الثغرة CVE-٢٠٢٣-٢٣٣٩٧ في أوتلوك', ['CVE-2023-23397']],
  ['الثغرة CVE-۲۰۲۳-۲۳۳۹۷', ['CVE-2023-23397']],
  ['CVE-2026-0042 and CVE-2026-1234567', ['CVE-2026-0042', 'CVE-2026-1234567']],
])('%s', (text, ids) => {
  expect(extractCves(text)).toEqual(ids);
});

test.each([
  'CVE-1998-1234',
  'CVE-2021-123',
  'CVE-2021-01234',
  'CVE-2021-12345678',
  'the CVE list of 2021',
])('%s is none', (text) => {
  expect(extractCves(text)).toEqual([]);
});
