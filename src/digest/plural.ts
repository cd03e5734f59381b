/** English has two forms, Arabic six: leaving one out does not compile. */
export type EnglishForms = Record<'one' | 'other', string>;
export type ArabicForms = Record<Intl.LDMLPluralRule, string>;

const englishRules = new Intl.PluralRules('en');
const arabicRules = new Intl.PluralRules('ar');

/** The form for `count`, in which `#` stands for the number. */
export function pluralEnglish(count: number, forms: EnglishForms): string {
  const form = englishRules.select(count) === 'one' ? forms.one : forms.other;
  return form.replaceAll('#', String(count));
}

/** The form for `count`, in which `#` stands for the number. Forms for one and two usually say it as a word. */
export function pluralArabic(count: number, forms: ArabicForms): string {
  return forms[arabicRules.select(count)].replaceAll('#', String(count));
}
