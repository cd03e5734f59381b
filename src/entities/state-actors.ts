import type { TextWord } from './find-names.ts';

interface State {
  name: string;
  /** Adjectives and nouns that attribute an attack: `Russian hackers`, قراصنة روس. */
  people: RegExp;
  /** The state itself: `linked to Russia`, مرتبطة بروسيا. */
  country: RegExp;
}

/** States that cyber news names as attackers; forms as `normaliseForMatching` gives them, clitics allowed. */
const STATES: State[] = [
  {
    name: 'Russia',
    people: /^(?:russian?|russia-(?:linked|backed)|(?:ال)?روسي?(?:ون|ين|ه|ا)?)$/u,
    country: /^(?:russia|moscow|kremlin|[بلو]?(?:روسيا|موسكو|الكرملين))$/u,
  },
  {
    name: 'China',
    people: /^(?:chinese|china-(?:linked|backed|nexus)|(?:ال)?صيني(?:ون|ين|ه)?)$/u,
    country: /^(?:china|beijing|[بلو]?(?:الصين|بكين)|للصين)$/u,
  },
  {
    name: 'Iran',
    people: /^(?:iranian|iran-(?:linked|backed)|(?:ال)?ايراني(?:ون|ين|ه)?)$/u,
    country: /^(?:iran|tehran|[بلو]?(?:ايران|طهران))$/u,
  },
  {
    name: 'North Korea',
    people: /^(?:korean|dprk-linked|(?:ال)?كوري(?:ون|ين|ه)?)$/u,
    country: /^(?:korea|pyongyang|dprk|[بلو]?(?:كوريا|بيونغيانغ|بيونغ))$/u,
  },
  {
    name: 'Israel',
    people: /^(?:israeli|(?:ال)?اسرائيلي(?:ون|ين|ه)?|(?:ال)?اسراييلي(?:ون|ين|ه)?)$/u,
    country: /^(?:israel|[بلو]?(?:اسرائيل|اسراييل))$/u,
  },
];

/** Services of a state: their attack is the state's. */
const SERVICES: Record<string, string> = {
  GRU: 'Russia',
  'Unit 74455': 'Russia',
  'Unit 26165': 'Russia',
  'Unit 29155': 'Russia',
  IRGC: 'Iran',
  'Reconnaissance General Bureau': 'North Korea',
};

const ATTACKER =
  /^(?:hackers?|hacking|hacker-groups?|spies|cyberspies|cyber-?espionage|cyber-?attacks?|cyberattackers?|state-sponsored|state-backed|(?:ال)?(?:قراصنه|متسلل(?:ون|ين)|مخترق(?:ون|ين)|هاكرز))$/u;

const ATTRIBUTION =
  /^(?:linked|backed|sponsored|tied|blamed?|blames|blaming|accused?|accuses|accusing|behind|attributed|(?:ال)?مرتبط(?:ه|ون|ين)?|(?:ال)?مدعوم(?:ه|ون|ين)?|تدعم(?:ه|ها|هم)|(?:ال)?تابع(?:ه|ون|ين)|ا?تتهم|اتهم(?:ت|وا)?|اتهام|اتهامات|حمل(?:ت)?|وراء|تقف|نسب(?:ت)?)$/u;

const ARABIC_ATTACK =
  /^[وبلف]?(?:ال)?(?:هجوم|هجمات|اختراق|اختراقات|قرصنه|استخبارات|مخابرات|جواسيس|عملاء)$/u;
const TARGET = /^(?:علي|ضد|في|استهدف(?:ت)?|طال(?:ت)?)$/u;

const NEAR_WORDS = 3;
/** An attribution may stand in any sentence; only beside a word for an attack is it one of this kind. */
const ATTACK_NEAR = 14;
const ATTACK =
  /^(?:hack\w*|cyber\w*|cyber-\w+|breach\w*|attack\w*|malware|intrusions?|espionage|ransomware|[وبلف]?(?:ال)?(?:اختراق\S*|هجوم|هجمات|هجومات|قرصنه|تسلل|سيبراني\S*|الكتروني\S*|تجسس|قراصنه))$/u;

/**
 * States that a text names as the attacker, themselves or by a service of theirs among `actors`; then every mention of that state's name in the text belongs to it.
 */
export function findStateActors(
  words: TextWord[],
  actors: string[],
): { name: string; mention: string }[] {
  const mentioned = words.flatMap((word, i) => {
    const state = STATES.find(
      ({ people, country }) => people.test(word.form) || country.test(word.form),
    );
    return state && isWhole(state, words, i)
      ? [{ state, i, mention: mentionOf(state, words, i) }]
      : [];
  });
  const attackers = new Set(
    mentioned
      .filter(
        ({ state, i }) =>
          isAttacker(state, words, i) || actors.some((actor) => SERVICES[actor] === state.name),
      )
      .map(({ state }) => state),
  );
  return mentioned
    .filter(
      ({ state, i }) =>
        attackers.has(state) &&
        (state.country.test(words[i]?.form ?? '') || isAttacker(state, words, i)),
    )
    .map(({ state, mention }) => ({ name: state.name, mention }));
}

function isAttacker(state: State, words: TextWord[], i: number): boolean {
  const form = words[i]?.form ?? '';
  const near = words.slice(Math.max(0, i - NEAR_WORDS), i + NEAR_WORDS + 1);
  if (state.country.test(form)) {
    return (
      near.some((word) => ATTRIBUTION.test(word.form)) &&
      words
        .slice(Math.max(0, i - ATTACK_NEAR), i + ATTACK_NEAR)
        .some((word) => ATTACK.test(word.form))
    );
  }
  return near.some((word) => ATTACKER.test(word.form)) || isTheirAttack(words, i);
}

/** هجمات إلكترونية روسية, but not هجمات على شركات روسية. */
function isTheirAttack(words: TextWord[], i: number): boolean {
  const before = words.slice(Math.max(0, i - 2), i).map((word) => word.form);
  return (
    before.some((form) => ARABIC_ATTACK.test(form)) && !before.some((form) => TARGET.test(form))
  );
}

/** Korea is the northern one only when the words say so. */
function isWhole(state: State, words: TextWord[], i: number): boolean {
  if (state.name !== 'North Korea' || /^(?:pyongyang|dprk|بيونغيانغ)/u.test(words[i]?.form ?? ''))
    return true;
  return (
    /^north|^(?:ال)?شمالي/u.test(`${words[i - 1]?.form ?? ''}`) ||
    /^(?:ال)?شمالي/u.test(words[i + 1]?.form ?? '')
  );
}

function mentionOf(state: State, words: TextWord[], i: number): string {
  const word = words[i]?.raw ?? '';
  if (state.name !== 'North Korea') return word;
  const before = words[i - 1];
  const after = words[i + 1];
  if (before && /^north/u.test(before.form)) return `${before.raw} ${word}`;
  return after && /^(?:ال)?شمالي/u.test(after.form) ? `${word} ${after.raw}` : word;
}
