import { describe, expect, it } from 'vitest';
import { normaliseForMatching, prepareForModel } from '../../src/language/normalise-arabic.ts';

describe('two spellings of one word', () => {
  it.each([
    ['أمن', 'امن'],
    ['إختراق', 'اختراق'],
    ['آبل', 'ابل'],
    ['مستشفى', 'مستشفي'],
    ['ثغرة', 'ثغره'],
    ['هُجُومٌ', 'هجوم'],
    ['هجـــوم', 'هجوم'],
    ['مسؤول', 'مسوول'],
    ['هيئة', 'هييه'],
    ['٢٠٢٦', '2026'],
    ['۲۰۲۶', '2026'],
    ['ایران', 'ايران'],
    ['مکافحة', 'مكافحة'],
    ['ﻻﺟﺊ', 'لاجئ'],
    ['Ｍｉｃｒｏｓｏｆｔ', 'MICROSOFT'],
    ['CVE‐2026', 'cve‐2026'],
    ['هجوم\u200f إلكتروني\u00a0\u00a0جديد', 'هجوم الكتروني جديد'],
    ['لله\u0653', 'لله'],
  ])('match: %s and %s', (one, other) => {
    expect(normaliseForMatching(one)).toBe(normaliseForMatching(other));
  });

  it.each(['ثغرةٌ في Windows ١١', 'ﷺ ﻼ', 'İstanbul', 'ا\u0640\u0653', ''])(
    'are stable: %s',
    (text) => {
      const once = normaliseForMatching(text);
      expect(normaliseForMatching(once)).toBe(once);
    },
  );

  it('keep apart what is apart', () => {
    expect(normaliseForMatching('سبب')).not.toBe(normaliseForMatching('سب'));
    expect(normaliseForMatching('هجوم 1')).not.toBe(normaliseForMatching('هجوم 2'));
  });
});

describe('text for the model', () => {
  it('keeps letters, case and digits as written, and drops marks, tatweel and invisible characters', () => {
    expect(prepareForModel(' \ufeffأُعلِنَـت\u200f  Microsoft\n١٢\u001d\u0085x\u2067y\u2069 ')).toBe(
      'أعلنت Microsoft ١٢ xy'.replace('x', ' x').replace('  ', ' '),
    );
  });

  it('is compatibility-composed', () => {
    expect(prepareForModel('ﺛﻐﺮﺓ ＣＶＥ ½')).toBe('ثغرة CVE 1⁄2');
  });

  it('of nothing is nothing', () => {
    expect(prepareForModel('\u200b \u0640\n')).toBe('');
  });
});
