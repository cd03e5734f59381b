import type { enFind } from './en-find.ts';

/** What Rasid says in Arabic about what a member looks for. */
export const arFind: typeof enFind = {
  search: {
    title: (query) => `نتائج البحث عن ${query}`,
    none: (query) => `لا خبر عن ${query}. قد تفيد كلمات أخرى أو مدة أطول.`,
    language: { ar: 'عربي', en: 'إنجليزي', other: 'لغة أخرى' },
    notYours: 'صفحات هذا البحث لمن طلبه وحده. ابحث بنفسك: /search',
    expired: 'تُحفظ نتائج البحث 24 ساعة. أعد البحث: /search',
  },
};
