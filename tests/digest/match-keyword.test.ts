import { describe, expect, it } from 'vitest';
import { type KeywordSubject, matchKeyword } from '../../src/digest/match-keyword.ts';
import { parseKeyword } from '../../src/digest/parse-keyword.ts';

function matches(keyword: string, text: string): boolean {
  const parsed = parseKeyword(keyword);
  if (!parsed.ok) throw new Error(`${keyword}: ${parsed.mistake} at ${parsed.position}`);
  return matchKeyword(parsed.query, { ...STORY, text });
}

const STORY: Omit<KeywordSubject, 'text'> = {
  topics: ['ransomware', 'breach'],
  severity: 'high',
  languages: ['en'],
  outlets: ['BBC عربي', 'The Record'],
};

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
    ['topic:ransomware', HOSPITAL],
    ['topic:"data breach" AND berlin', HOSPITAL],
    ['موضوع:"برامج فدية"', HOSPITAL],
    ['severity:medium', HOSPITAL],
    ['خطورة:مرتفع', HOSPITAL],
    ['language:en NOT language:ar', HOSPITAL],
    ['source:"bbc عربي"', HOSPITAL],
    ['source:«The Record» AND topic:breach AND NOT severity:critical', HOSPITAL],
    ['note:5.2', 'note 5.2 says'],
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
    ['topic:ddos', HOSPITAL],
    ['severity:critical', HOSPITAL],
    ['language:ar', HOSPITAL],
    ['source:BBC', HOSPITAL],
    ['berlin AND NOT topic:ransomware', HOSPITAL],
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
    ['bank topic:', 'missing-value', 11],
    ['topic:gossip', 'unknown-topic', 6],
    ['bank AND severity:"very high"', 'unknown-severity', 18],
    ['language:fr', 'unknown-language', 9],
    ['source:"BBC', 'unclosed-quote', 7],
    ['source:""', 'missing-value', 7],
  ])('%s: %s at %i', (keyword, mistake, position) => {
    expect(parseKeyword(keyword)).toEqual({ ok: false, mistake, position });
  });
});

it('a filter nested thousands deep is refused or answered, never a crash', () => {
  const nested = `${'('.repeat(150)}bank${')'.repeat(150)}`;
  expect(matches(nested, 'the bank')).toBe(true);
});
