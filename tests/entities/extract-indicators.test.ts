import { describe, expect, test } from 'vitest';
import { extractIndicators } from '../../src/entities/extract-indicators.ts';

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';

describe('an indicator is found and refanged', () => {
  test.each([
    ['the server 203.0.113[.]7 answered', 'ip', '203.0.113.7'],
    ['the server 198.51.100.23 answered', 'ip', '198.51.100.23'],
    ['traffic to 2001:db8:85a3::8a2e:370:7334 stopped', 'ip', '2001:db8:85a3::8a2e:370:7334'],
    ['contacts evil[.]example for orders', 'domain', 'evil.example'],
    ['contacts evil(.)example for orders', 'domain', 'evil.example'],
    ['contacts evil[dot]example for orders', 'domain', 'evil.example'],
    ['the phishing domain login-bank.example is down', 'domain', 'login-bank.example'],
    ['النطاق الخبيث login-bank.example متوقف', 'domain', 'login-bank.example'],
    ['from hxxps://evil[.]example/a.exe.', 'url', 'https://evil.example/a.exe'],
    ['from http[:]//evil[.]example/x', 'url', 'http://evil.example/x'],
    ['from https://evil.example/drop?id=1, it', 'url', 'https://evil.example/drop?id=1'],
    [`file with hash ${SHA256.toUpperCase()}`, 'hash', SHA256],
    [`MD5: ${MD5}`, 'hash', MD5],
    ['write to ransom[@]evil[.]example', 'email', 'ransom@evil.example'],
    ['write to ransom@evil.example now', 'email', 'ransom@evil.example'],
  ])('%s', (text, type, value) => {
    expect(extractIndicators(text)).toEqual([{ type, value }]);
  });
});

describe('no indicator is', () => {
  test.each([
    ['a version', 'Chrome 120.0.6099.109 and version 10.2.3.4 or later'],
    ['an Arabic version', 'الإصدار 12.1.3.4 من البرنامج'],
    ['a version before "and earlier"', 'Firmware 12.4.3.1 and earlier'],
    ['a private address', 'the router at 192.168.1.1 or 127.0.0.1'],
    ['a number that is no address', '999.1.1.1'],
    ['a brand', 'Booking.com and Amazon.com said so'],
    ['a file name', 'the malware dropped invoice.exe and run.js'],
    ['a site that all link to', 'see https://twitter.com/someone and https://github.com/x/y'],
    ['a time', 'at 10:30:15 on Monday'],
    ['a long number', '12345678901234567890123456789012'],
  ])('%s: %s', (_name, text) => {
    expect(extractIndicators(text)).toEqual([]);
  });

  test("a link of the publisher's own", () => {
    const text =
      'Read https://news.example/more and https://img.news.example/a, not https://evil.example/x';
    expect(extractIndicators(text, 'https://www.news.example/story')).toEqual([
      { type: 'url', value: 'https://evil.example/x' },
    ]);
  });
});

test('the host of a link and the hash in it are not told again', () => {
  expect(
    extractIndicators(`at https://evil.example/${MD5} and https://evil.example/${MD5}`),
  ).toHaveLength(1);
});
