import type { TextWord } from './find-names.ts';

/** Words that begin the name of an institution; forms as `normaliseForMatching` gives them. */
const ARABIC_HEAD =
  /^(?:[وبلف](?=[^ا]))?(?:وزاره|وكاله|هييه|جامعه|شرطه|معهد|بلديه|مديريه|نيابه|محكمه|مصرف|مستشفي|مركز|مجلس|لجنه|اتحاد)$/u;
/** With the article they are a name only when such a word follows: المركز الوطني, not المركز الأول. */
const ARABIC_DEFINITE =
  /^(?:و?ال|لل)(?:وكاله|هييه|جامعه|معهد|محكمه|مركز|مجلس|لجنه|منظمه|اتحاد|شرطه|جيش|بحريه)$/u;
const ARABIC_SCOPE =
  /^ال(?:وطني|قومي|عام|اعلي|دولي|عالمي|اوروبي|اتحادي|فدرالي|فيدرالي|امريكي|اميركي|بريطاني|روسي|صيني|ايراني|الماني|فرنسي|سعودي|مصري|هولندي|اوكراني|اسراييلي|هندي|تركي|الكتروني|سيبراني|عسكري|مركزي)(?:ه)?$/u;
const ARABIC_ARTICLE = /^(?:و?ال|لل)\p{Script=Arabic}{3,}$/u;
/** What a name may go on with but does not end with. */
const ARABIC_STOP =
  /^(?:ال(?:تي|ذي|ذين|يوم|اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت|احد|ماضي|ماضيه|مقبل|حالي|حاليه|جاري|سابق|سابقه|مختصه|معنيه|مذكوره|اخري|جديده|ان)|و?المتحدث.*|والذي|والتي)$/u;
const ARABIC_FORCE = /(?:شرطه|جيش|بحريه)$/u;
const MOST_WORDS = 5;

const ENGLISH_HEAD = /^(?:University|Ministry|Department|Bank|Office|Institute|College|City)$/u;
const ENGLISH_END =
  /^(?:Inc|Corp|Corporation|Ltd|Limited|LLC|LLP|University|Ministry|Agency|Police|Hospital|Council|Commission|Bank|Technologies|Labs|Laboratories|Airlines|Airport|Airports|Holdings|Institute|Association|Foundation|Systems|Software|Networks|Department|Bureau|Authority|College|Clinic|Parliament)$/u;
const CAPITALISED = /^\p{Lu}[\p{L}\p{N}&'’.-]*$/u;
/** A sentence begins with a capital too. */
const NO_NAME =
  /^(?:The|A|An|In|On|At|But|And|Its|Their|His|Her|This|That|These|Those|When|While|As|For|From|With|After|Before|According|Last|New|Mr|Mrs|Dr|Former)$/u;

/** An institution whose name says what it is: وزارة الثقافة السعودية, Wiltshire Police, University of Texas. As positions of words. */
export function findInstitutions(text: string, words: TextWord[]): string[] {
  const found: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const end =
      arabicEnd(text, words, i) ?? englishOfEnd(text, words, i) ?? englishEnd(text, words, i);
    if (end === null) continue;
    if (isOutlet(words.slice(i, end))) {
      i = end - 1;
      continue;
    }
    const first = words[i];
    const last = words[end - 1];
    if (first && last) {
      const clitic = /^[وبلف](?=(?:وزار|وكال|هي|جامع|شرط|معهد|مركز|مجلس|منظم|ال))/u.exec(
        first.form,
      );
      const start = first.offset + (clitic?.[0].length ?? 0);
      found.push(text.slice(start, last.offset + last.raw.length));
    }
    i = end - 1;
  }
  return found;
}

/** `وكالة الأنباء القطرية`, `Yonhap News Agency`: who tells the news, as a rule, and not of whom. */
function isOutlet(words: TextWord[]): boolean {
  return words.some(({ form }) => /^(?:ال)?(?:انباء|صحافه)$|^(?:news|press)$/u.test(form));
}

/** Only white space lies between this word and the next. */
function touchesNext(text: string, words: TextWord[], i: number): boolean {
  const word = words[i];
  const next = words[i + 1];
  return !!word && !!next && /^ $/u.test(text.slice(word.offset + word.raw.length, next.offset));
}

function arabicEnd(text: string, words: TextWord[], start: number): number | null {
  if (!beginsArabic(words, start)) return null;
  let end = start + 1;
  while (end - start < MOST_WORDS && touchesNext(text, words, end - 1)) {
    const form = words[end]?.form ?? '';
    if (!ARABIC_ARTICLE.test(form) || ARABIC_STOP.test(form)) break;
    end += 1;
  }
  // `المركز الوطني` alone is the beginning of a name; `الشرطة البريطانية` is one.
  const least =
    ARABIC_DEFINITE.test(words[start]?.form ?? '') && !ARABIC_FORCE.test(words[start]?.form ?? '')
      ? 3
      : 2;
  return end >= start + least ? end : null;
}

function beginsArabic(words: TextWord[], start: number): boolean {
  const form = words[start]?.form ?? '';
  if (ARABIC_HEAD.test(form)) return true;
  return ARABIC_DEFINITE.test(form) && ARABIC_SCOPE.test(words[start + 1]?.form ?? '');
}

function englishOfEnd(text: string, words: TextWord[], start: number): number | null {
  if (!ENGLISH_HEAD.test(words[start]?.raw ?? '')) return null;
  if (words[start + 1]?.raw !== 'of' && words[start + 1]?.raw !== 'for') return null;
  let end = start + 2;
  while (end - start < MOST_WORDS && touchesNext(text, words, end - 1) && isName(words[end]))
    end += 1;
  return end > start + 2 ? end : null;
}

function englishEnd(text: string, words: TextWord[], start: number): number | null {
  if (!isName(words[start])) return null;
  for (let end = start + 1; end - start < MOST_WORDS; end++) {
    if (!touchesNext(text, words, end - 1) || !isName(words[end])) return null;
    const next = words[end + 1];
    const goesOn = touchesNext(text, words, end) && next && ENGLISH_END.test(next.raw);
    if (ENGLISH_END.test(words[end]?.raw ?? '') && !goesOn) return end + 1;
  }
  return null;
}

function isName(word: TextWord | undefined): boolean {
  return word !== undefined && CAPITALISED.test(word.raw) && !NO_NAME.test(word.raw);
}
