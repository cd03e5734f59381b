/** What Rasid says in English about what a member looks for. `ar-find.ts` has the same keys. */
export const enFind = {
  search: {
    title: (query: string) => `Found for ${query}`,
    none: (query: string) =>
      `No story was found for ${query}. Other words, or a longer time, may find one.`,
    language: { ar: 'Arabic', en: 'English', other: 'another language' },
    notYours: 'Only the member who asked can turn these pages. Ask for yourself: /search',
    expired: 'These results were kept for 24 hours. Please ask again: /search',
  },
};
