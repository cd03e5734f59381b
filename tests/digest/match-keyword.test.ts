import { describe, expect, it } from 'vitest';
import { matchKeyword } from '../../src/digest/match-keyword.ts';
import { parseKeyword } from '../../src/digest/parse-keyword.ts';

function matches(keyword: string, text: string): boolean {
  const parsed = parseKeyword(keyword);
  if (!parsed.ok) throw new Error(`${keyword}: ${parsed.mistake} at ${parsed.position}`);
  return matchKeyword(parsed.query, text);
}

const HOSPITAL =
  'Ransomware gang hits Berlin hospital; CVE-2024-3094 in xz used. Price: 5.2 million';
const FIDYA = 'هجوم بالفدية على مستشفى في الرياض، والقراصنة يطالبون بخمسة ملايين';

describe('a keyword filter lets through', () => {
  it.each([
    ['ransomware', HOSPITAL],
    ['RANSOMWARE', HOSPITAL],
    ['ransomware hospital', HOSPITAL],
    ['ransomware AND hospital', HOSPITAL],
    ['bank OR hospital', HOSPITAL],
    ['ransomware NOT bank', HOSPITAL],
    ['NOT bank', HOSPITAL],
    ['NOT NOT hospital', HOSPITAL],
    ['"ransomware gang"', HOSPITAL],
    ['“berlin hospital”', HOSPITAL],
    ['«berlin hospital»', HOSPITAL],
    ['CVE-2024-3094', HOSPITAL],
    ['cve-2024*', HOSPITAL],
    ['hospital*', 'nine hospitals closed'],
    ['(bank OR hospital) AND (berlin OR paris)', HOSPITAL],
    ['bank OR ransomware AND berlin', HOSPITAL],
    ['فدية', FIDYA],
    ['الفدية', FIDYA],
    ['فديه', FIDYA],
    ['قراصنة', FIDYA],
    ['مُسْتَشْفَى', FIDYA],
    ['مستشفي', FIDYA],
    ['فدية AND (مستشفى OR hospital) NOT فيلم', FIDYA],
    ['رياض', FIDYA],
    ['فدية', 'طلبوا الفدية'],
    ['مايكروسوفت', 'ومايكروسوفت تؤكد'],
    ['٢٠٢٤', 'in 2024'],
  ])('%s', (keyword, text) => {
    expect(matches(keyword, text)).toBe(true);
  });
});

describe('a keyword filter holds back', () => {
  it.each([
    ['bank', HOSPITAL],
    ['ransomware AND bank', HOSPITAL],
    ['ransom', HOSPITAL],
    ['NOT hospital', HOSPITAL],
    ['"gang ransomware"', HOSPITAL],
    ['CVE-2024-3095', HOSPITAL],
    ['hospital', 'hospitality sector'],
    ['(bank OR hospital) NOT berlin', HOSPITAL],
    ['دية', 'فدية'],
    ['نوك', 'بنوك'],
    ['مستشفى NOT فدية', FIDYA],
    ['art', 'a new start'],
  ])('%s', (keyword, text) => {
    expect(matches(keyword, text)).toBe(false);
  });
});

describe('a mistake in a keyword filter is named with its place', () => {
  it.each([
    ['', 'empty', 0],
    ['   ', 'empty', 0],
    ['"ransom', 'unclosed-quote', 0],
    ['bank "ransom', 'unclosed-quote', 5],
    ['(bank OR', 'missing-word', 8],
    ['(bank', 'unclosed-parenthesis', 0],
    ['bank)', 'unexpected-parenthesis', 4],
    ['AND bank', 'missing-word', 0],
    ['bank AND', 'missing-word', 8],
    ['bank OR OR hospital', 'missing-word', 8],
    ['NOT', 'missing-word', 3],
    ['bank ()', 'missing-word', 6],
    ['""', 'missing-word', 0],
    ['bank AND *', 'missing-word', 9],
    ['فدية AND', 'missing-word', 8],
  ])('%s: %s at %i', (keyword, mistake, position) => {
    expect(parseKeyword(keyword)).toEqual({ ok: false, mistake, position });
  });
});

it('a filter nested thousands deep is refused or answered, never a crash', () => {
  const nested = `${'('.repeat(150)}bank${')'.repeat(150)}`;
  expect(matches(nested, 'the bank')).toBe(true);
});
