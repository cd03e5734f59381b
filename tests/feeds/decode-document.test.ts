import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeDocument } from '../../src/feeds/decode-document.ts';

const STORY = 'أعلنت الوزارة أن الهجوم الإلكتروني عطل الخدمات في المستشفى يوم الأحد';
const declared = (encoding: string) =>
  `<?xml version="1.0" encoding="${encoding}"?><rss>${STORY}</rss>`;
const PLAIN = `<rss>${STORY}</rss>`;

describe('Arabic reads right', () => {
  test.each(['utf-8', 'windows-1256', 'iso-8859-6'])('declared in the document: %s', (encoding) => {
    const { text, warnings } = decodeDocument(iconv.encode(declared(encoding), encoding));
    expect(text).toContain(STORY);
    expect(warnings).toEqual([]);
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
    'by its byte order mark: %s',
    (encoding) => {
      const body = iconv.encode(declared('windows-1256'), encoding, { addBOM: true });
      expect(decodeDocument(body, 'text/xml; charset=iso-8859-1').text).toBe(
        declared('windows-1256'),
      );
    },
  );

  test.each(['utf-16le', 'utf-16be'])('in %s without a mark', (encoding) => {
    expect(decodeDocument(iconv.encode(PLAIN, encoding)).text).toBe(PLAIN);
  });

  test('by the HTTP header before the declaration', () => {
    const body = iconv.encode(declared('iso-8859-6'), 'windows-1256');
    expect(decodeDocument(body, 'text/xml; charset="windows-1256"').text).toContain(STORY);
  });

  test.each(['windows-1256', 'iso-8859-6'])(
    'undeclared %s is told by its letters, with a warning',
    (encoding) => {
      const { text, warnings } = decodeDocument(iconv.encode(PLAIN, encoding));
      expect(text).toBe(PLAIN);
      expect(warnings).toEqual([`the document declares no encoding: read as ${encoding}`]);
    },
  );

  test('declared as UTF-8 but windows-1256', () => {
    const { text, warnings } = decodeDocument(iconv.encode(declared('utf-8'), 'windows-1256'));
    expect(text).toContain(STORY);
    expect(warnings[0]).toContain('declared as utf-8 but its bytes are not UTF-8');
  });

  test('declared as windows-1256 but UTF-8', () => {
    const { text, warnings } = decodeDocument(Buffer.from(declared('windows-1256')));
    expect(text).toContain(STORY);
    expect(warnings[0]).toContain('its bytes are UTF-8');
  });
});

describe('other documents', () => {
  test('a few damaged characters do not change the encoding', () => {
    const body = Buffer.concat([Buffer.from(PLAIN), Buffer.from([0xff, 0xc3]), Buffer.from(STORY)]);
    expect(decodeDocument(body).text).toContain(STORY);
  });

  test('undeclared western European', () => {
    expect(
      decodeDocument(iconv.encode('<rss>Müller reist nach Málaga</rss>', 'latin1')).text,
    ).toContain('Müller reist nach Málaga');
  });

  test.each(['x-unknown', 'base64', 'hex'])(
    'an encoding that is none is passed over: %s',
    (encoding) => {
      expect(
        decodeDocument(Buffer.from(declared(encoding)), `text/xml; charset=${encoding}`).text,
      ).toContain(STORY);
    },
  );

  test('declared as UTF-16 in bytes that cannot be', () => {
    expect(decodeDocument(Buffer.from(declared('utf-16'))).text).toContain(STORY);
  });
});
