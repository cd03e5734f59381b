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

const ATTACKER =
  /^(?:hackers?|hacking|hacker-groups?|spies|cyberspies|cyber-?espionage|cyber-?attacks?|cyberattackers?|state-sponsored|state-backed|(?:ال)?(?:قراصنه|متسلل(?:ون|ين)|مخترق(?:ون|ين)|هاكرز))$/u;

const ATTRIBUTION =
  /^(?:linked|backed|sponsored|tied|blamed?|blames|blaming|accused?|accuses|accusing|behind|attributed|(?:ال)?مرتبط(?:ه|ون|ين)?|(?:ال)?مدعوم(?:ه|ون|ين)?|تدعم(?:ه|ها|هم)|(?:ال)?تابع(?:ه|ون|ين)|ا?تتهم|اتهم(?:ت|وا)?|اتهام|اتهامات|حمل(?:ت)?|وراء|تقف|نسب(?:ت)?)$/u;

const NEAR_WORDS = 3;
/** An attribution may stand in any sentence; only beside a word for an attack is it one of this kind. */
const ATTACK_NEAR = 14;
const ATTACK =
  /^(?:hack\w*|cyber\w*|cyber-\w+|breach\w*|attack\w*|malware|intrusions?|espionage|ransomware|[وبلف]?(?:ال)?(?:اختراق\S*|هجوم|هجمات|هجومات|قرصنه|تسلل|سيبراني\S*|الكتروني\S*|تجسس|قراصنه))$/u;

/** States that a text names as the attacker, as the name of the state with the words that say so. */
export function findStateActors(words: TextWord[]): { name: string; mention: string }[] {
  const found: { name: string; mention: string }[] = [];
  for (const [i, word] of words.entries()) {
    const state = STATES.find(
      ({ people, country }) => people.test(word.form) || country.test(word.form),
    );
    if (!state || !isWhole(state, words, i)) continue;
    const near = words.slice(Math.max(0, i - NEAR_WORDS), i + NEAR_WORDS + 1);
    const isAttacker = state.people.test(word.form) && near.some(({ form }) => ATTACKER.test(form));
    const isBlamed =
      state.country.test(word.form) &&
      near.some(({ form }) => ATTRIBUTION.test(form)) &&
      words
        .slice(Math.max(0, i - ATTACK_NEAR), i + ATTACK_NEAR)
        .some(({ form }) => ATTACK.test(form));
    if (isAttacker || isBlamed)
      found.push({ name: state.name, mention: mentionOf(state, words, i) });
  }
  return found;
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
