/**
 * Whether the words around the name of a state or of a service say that it attacks. Forms as `normaliseForMatching` gives them, joined
 * by one space, of the same sentence.
 * @param before the words before the name, the nearest last
 * @param after the words after the name
 */
export function saysThatItAttacks(before: string, after: string): boolean {
  return (
    BEFORE.some((pattern) => pattern.test(before)) ||
    (!NO_SUBJECT.test(before) && AFTER.some((pattern) => pattern.test(after))) ||
    ((DENIES_BEFORE.test(before) || DENIES_AFTER.test(after)) && CHARGE.test(after)) ||
    (ACCUSED.test(before) && OF_AN_ATTACK.test(after))
  );
}

const clitic = '(?:^| )[وفبل]{0,2}(?:ال)?';

/** What the name completes: `blamed on`, مدعومة من, وقوف, قراصنة من. */
const BEFORE = [
  /(?:^| )(?:blam\w+|attribut\w+|trac(?:ed|ing) back|point\w+|link\w*|ties|tied|connect\w+)(?: \w+){0,2} (?:on|to|at|with)(?: the)?$/u,
  /(?:^| )(?:accus\w+|blam\w+|suspect\w*|indict\w+)(?: (?:the|that|says|government))?$/u,
  /(?:^| )(?:back\w+|sponsor\w+|support\w+|directed|orchestrated|ordered|controlled|run|launched|carried out|perpetrated|stolen|hacked|attacked|breached|targeted) by(?: the)?(?: (?:state|government))?$/u,
  /(?:^| )(?:work\w* (?:for|with|on behalf of)|behalf of|behest of|loyal to|align\w+ with|affiliat\w+ with|associat\w+ with|links to|ties to)(?: the)?(?: (?:state|government))?$/u,
  /(?:^| )(?:hackers?|attackers?|spies|actors?|groups?(?! of)|gang|operatives|attacks?|cyberattacks?|hacking|espionage|threats?|originat\w+)(?: \w+){0,2} (?:from|by|out of)(?: the)?$/u,
  new RegExp(`${clitic}(?:وقوف|ضلوع|تورط|تدخل|سرقه|قراصنه|مسووليه|اتهام|تجسس)$`, 'u'),
  new RegExp(
    `${clitic}(?:مرتبط\\S*|ارتباط\\S*|مدعوم\\S*|تدعم\\S*|دعم\\S*|لصالح|صالح|حساب|رعايه|ترعا\\S*|يرعا\\S*|نيابه عن|صلات|صله|ممول\\S*|توجيه|تكليف|ايعاز|مصدر\\S*|صادر\\S*|اصابع الاتهام)(?: \\S+){0,1}?(?: (?:من|الي|ب|مع|حكومه|دوله|الدوله|نظام|النظام|في))?$`,
    'u',
  ),
  new RegExp(
    `${clitic}(?:قراصنه|متسلل\\S*|هاكرز|مجموع\\S*|وحد\\S*|جه\\S*)(?: \\S+){0,3} تابع\\S*$`,
    'u',
  ),
  new RegExp(
    `${clitic}(?:هجوم|هجمات|اختراق\\S*|قرصن\\S*|تجسس|تسلل|سرقه|استهداف\\S*)(?: \\S+){0,5} من (?:قبل|جانب|طرف)$`,
    'u',
  ),
  new RegExp(
    `${clitic}(?:قراصنه|متسلل\\S*|هاكرز|جواسيس|مخترق\\S*|مهاجم\\S*|مجموع\\S*|عملاء|وحدات)(?: \\S+){0,3} من$`,
    'u',
  ),
  // `واشنطن تتهم [ايران]`; where the verb comes first, the accuser follows it.
  /(?:^| )(?!كما|حيث|فيما|بينما|التي|الذي|ان|و)\S+ (?:تتهم|يتهم|تدين|يدين|تلوم)$/u,
  new RegExp(`${clitic}(?:استخبارات|مخابرات)$`, 'u'),
];

/** After one of these the name is no subject: `a bank in Russia was behind`. */
const NO_SUBJECT =
  /(?:^| )(?:in|at|on|against|from|of|to|with|between|near|for|في|علي|ضد|الي|من|بين|عن|مع|لدي|داخل|نحو)$/u;

/** What the name does: `is behind`, تقف وراء, شنت. */
const AFTER = [
  /^(?:(?:government|state|regime) )?(?:linked|backed|sponsored|aligned|nexus|affiliated|tied)\b/u,
  /^(?:(?:is|was|has|had|have|may|might|could|likely|allegedly|reportedly|been|be|also) )*(?:behind|responsible|launch\w+|conduct\w+|carried out|carrying out|stole|steal\w*|spied|spying|deploy\w+|meddl\w+|interfer\w+|orchestrat\w+|sponsor\w+|den(?:ies|ied|ying))\b/u,
  /^(?:(?:has|had|have|may|might|could|allegedly|reportedly|also) )*(?:hack(?:s|ed)?|attack(?:s|ed)|breach(?:es|ed)|infiltrat(?:es|ed)|target(?:s|ed))\b/u,
  /^(?:\S+ )?(?:تقف |كانت |هي |قد تكون )?(?:وراء|خلف|مسووله|مسوول|متورط|متورطه|ضالعه|ضالع)(?: |$)/u,
  /^(?:قد |كانت |بدات )?(?:تشن|شنت|نفذت|تنفذ|اخترقت|تخترق|هاجمت|تهاجم|سرقت|تسرق|تتجسس|تجسست|تجري عمليه|اجرت عمليه|استهدفت\S*|تقرصن|تخطط|خططت|ترعي)(?: |$)/u,
];

/** `نفت [موسكو] تورطها`: whoever denies was accused. */
const DENIES_BEFORE = new RegExp(`${clitic}(?:نفت|نفي|تنفي|ينفي|انكرت|تنكر|رفضت)$`, 'u');
const DENIES_AFTER = /^(?:تنفي|نفت|ينفي|نفي|تنكر|انكرت|ترفض|رفضت)(?: |$)/u;
const CHARGE =
  /(?:^| )[وفبل]{0,2}(?:ال)?(?:اتهام\S*|مزاعم|تورط\S*|ضلوع\S*|صله|صلت\S*|علاقه|علاقت\S*|مسووليه|مسووليت\S*|دور|ان تكون|وقوف\S*|تدخل\S*|قرصن\S*|اختراق\S*)(?: |$)/u;

/** `اتهمت بريطانيا [روسيا] بشن`: the accused stands between the accuser and the deed. */
const ACCUSED = new RegExp(
  `${clitic}(?:[اتي]?تهم\\S*|اتهام\\S*|[تي]?ادان\\S*|تدين)(?: \\S+){0,8}$`,
  'u',
);
const OF_AN_ATTACK =
  /^ب(?:ال)?(?:شن|وقوف|رعايه|تنفيذ|قرصنه|اختراق|تخطيط|تجسس|سرقه|تورط|ضلوع|مسووليه|هجوم|هجمات|تدخل|محاول\S*|استخدام|استهداف|تسلل|تدبير)/u;

/** Words without which an article tells of no attack on computers, whatever else it says of a state. */
export const OF_COMPUTERS =
  /hack|cyber|malware|worm|trojan|virus|website|password|user accounts?|ransomware|spyware|phish|breach|intrusion|botnet|ddos|computer|online|قرصن|قراصن|سيبران|إلكترون|الكترون|معلومات|هاكر|اختراق|فيروس|تسلل|فدية|خبيث|برمجي|دودة|ديدان|برامج ضارة|برنامج ضار/iu;
