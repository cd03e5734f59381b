import { normaliseForMatching } from '../language/normalise-arabic.ts';

/** Words that a name does not begin or end with; forms as `normaliseForMatching` gives them. */
const EDGE =
  /^(?:the|a|an|of|for|in|on|at|to|by|with|and|or|from|as|is|was|its|their|this|that|who|which|said|في|من|علي|الي|عن|ان|مع|او|ثم|التي|الذي|الذين|هذا|هذه|ذلك|بان|كما|قد|كان|كانت|قال|قالت|ضد|بعد|قبل|بين|عبر|حول|غير|كل|بعض|تابع|التابع|التابعه)$/u;

/** Alone these are no name: what an institution is, or whose. */
const GENERIC =
  /^(?:[وبلف]{0,2}(?:ال|لل)?(?:وزاره|وكاله|هييه|شركه|شركات|بنك|مصرف|مركز|معهد|جامعه|منظمه|لجنه|مجلس|مكتب|اداره|موسسه|جهاز|حكومه|شرطه|جيش|امن|دفاع|داخليه|خارجيه|عدل|صحه|استخبارات|مخابرات|برلمان|محكمه|قضاء|نيابه|دوله|ولايات|متحده|وطنيه?|قوميه?|مركزيه?|عامه?|دوليه?|عالميه?|امريكيه?|اميركيه?|بريطانيه?|روسيه?|صينيه?|ايرانيه?|اوسط|شرق|خدمات|معلومات|روبوت|فيروسات?|برمجيات?|بيانات|انترنت|تقنيه|تكنولوجيا)|security|global|national|international|federal|state|government|company|group|agency|department|ministry|bank|police|university|office|center|centre|institute|association|council|commission|big|dark|super|cyber|news|data|research|technologies|systems|software|services|network|networks|online|digital)$/u;

/** Letters and digits of one word; a dash, a point or an apostrophe may join them. */
const WORD = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}&+$.'’_-]*$/u;

/**
 * A span that the encoder tagged without what is no part of a name, or null where no name is left: fragments of a longer name,
 * words of a sentence, hosts.
 */
export function cleanTag(text: string): string | null {
  const cut = text.split(/[،,؛;:«»"“”()]/u)[0]?.trim() ?? '';
  // `وMcAfee`: an Arabic conjunction or preposition before a Latin name.
  const words = withoutEdges(cut.replace(/^[وبل](?=\p{Script=Latin})/u, '').split(/\s+/u));
  const name = words.join(' ');
  const isGeneric = words.every((word) => GENERIC.test(normaliseForMatching(word)));
  const isWritten = words.every((word) => WORD.test(word)) && !HOST.test(name) && !LOWER.test(name);
  return name.length >= 2 && isWritten && !isGeneric ? name : null;
}

const HOST = /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}$/u;
const LOWER = /^[\p{Ll}\s\d.-]+$/u;

function withoutEdges(words: string[]): string[] {
  const isName = (word: string) => !EDGE.test(normaliseForMatching(word));
  const first = words.findIndex(isName);
  return first < 0 ? [] : words.slice(first, words.findLastIndex(isName) + 1);
}
