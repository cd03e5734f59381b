import { TOPICS, type Topic } from '../domain/topic.ts';
import { normaliseForMatching } from '../language/normalise-arabic.ts';

/** How plainly an article's words speak of a topic. */
export interface Cues {
  /** 1 where the title has such a word, else 0. */
  title: number;
  /** ln(1 + how many the beginning of the text has). */
  body: number;
}

/** What stands later is background. */
const READ_CHARACTERS = 1_200;

/** Words that speak of a topic, in the forms of `normaliseForMatching`. What each is worth is fitted (`rasid fit-topics`): a weak sign gets little. */
const WORDS: Record<Topic, RegExp> = {
  breach:
    /\b(?:data breach|breach(?:es|ed)?|leak(?:s|ed)?|stole|stolen|expos(?:ed?|ing|ure)|records|personal (?:data|information)|customer data|exfiltrat\w+|dumped)\b|تسريب|تسرب|سربت|سرب |سرقه بيانات|بيانات .{0,30}(?:مستخدم|عميل|عملا|شخصيه)|كشف بيانات|سرقوا|سرقت|سرقه/giu,
  intrusion:
    /\b(?:hack(?:ed|ers?|ing)?|hijack\w*|defac\w+|compromis\w+|broke into|break-ins?|account takeover|cyber-?attacks?|intru\w+)\b|اختراق|قرصنه|قراصنه|هجوم|هجمات|اخترق/giu,
  ransomware: /\bransom\w*|\bextort\w*|فديه|الفديه|فديه|ابتزاز/giu,
  vulnerability:
    /\bvulnerabilit\w+|\bflaws?\b|\bbugs?\b|\bzero-?days?\b|\bpatch(?:es|ed|ing)?\b|\bcve-\d|\bexploits?\b|\bsecurity (?:update|hole|fix)\w*|ثغر|رقعه|تصحيح|تحديث(?:ات)? امني|يوم الصفر/giu,
  malware:
    /\bmalware\b|\btrojans?\b|\bbotnets?\b|\bvirus(?:es)?\b|\bworms?\b|\bbackdoors?\b|\binfo-?stealers?\b|\bspyware\b|\bloaders?\b|\bmalicious (?:code|software|apps?|extensions?|packages?)\b|\brootkits?\b|برمجيات? (?:ال)?خبيث|خبيث|فيروس|طرواد|بوت ?نت|ديدان|دوده/giu,
  espionage:
    /\bespionage\b|\bspy(?:ing|ware)?\b|\bspies\b|\bstate-(?:sponsored|backed)\b|\bnation-state\b|\bapt\d*\b|\bpegasus\b|\bsurveillance\b|\b(?:chinese|russian|iranian|north korean) hackers\b|\bintelligence\b|تجسس|بيغاسوس|استخبارات|مخابرات|مدعوم|تنصت/giu,
  fraud:
    /\bphish\w+|\bscam\w*|\bfraud\w*|\bspoof\w*|\bfake\b|\bsocial engineering\b|\bcredit cards?\b|\bcrypto\w*\b|\bidentity theft\b|\bimpersonat\w+|احتيال|تصيد|نصب|احتيالي|سرقه اموال|بطاقات|العملات (?:ال)?(?:مشفره|رقميه)|انتحال|مزيف/giu,
  ddos: /\bd?dos\b|\bddos\b|\bdenial[- ]of[- ]service\b|حجب (?:ال)?خدمه|الحرمان من الخدمه|تعطيل الخدمه|رفض الخدمه/giu,
  'supply-chain':
    /\bsupply[- ]chain\b|\bthird[- ]part(?:y|ies)\b|\bvendor\b|\bsupplier\b|\bnpm\b|\bpypi\b|\bpackages?\b|\bcontractor\b|\bsolarwinds\b|\bmoveit\b|\bsalesforce\b|\bsalesloft\b|\bdrift\b|سلسله (?:ال)?توريد|سلاسل (?:ال)?(?:امداد|توريد)|طرف ثالث|مزود/giu,
  policy:
    /\blaws?\b|\bbill\b|\bregulat\w+|\bsanction\w*|\bgovernment\b|\bstrategy\b|\bcongress\b|\bsenat\w+|\bparliament\b|\bpolicy\b|\bminist\w+|\btreaty\b|\bfcc\b|\bcisa\b|\bexecutive order\b|قانون|استراتيجيه|وزار|عقوبات|تشريع|حكوم|هييه الوطنيه|مجلس|اتفاقي|موتمر|تعاون/giu,
  arrest:
    /\barrest\w*|\bcharged\b|\bindict\w*|\bsentenc\w+|\bjail\w*|\bprison\b|\bconvict\w*|\bplead\w*|\bguilty\b|\bextradit\w+|\bcourt\b|\btakedown\b|\bseized?\b|\bsuspects?\b|اعتقال|اعتقل|القبض|توقيف|محكمه|محاكم|حكم|سجن|متهم|اتهام|ضبط|مشتبه|القت/giu,
  outage:
    /\boutages?\b|\bdisrupt\w*|\boffline\b|\bshut(?:ting)? down\b|\bhalt\w*|\bdown for\b|\bdelays?\b|\bcancel\w*|\bsuspend\w*|\bproduction\b|تعطل|تعطيل|عطل|توقف|شلل|انقطاع|اوقف|تاخير/giu,
  'ai-security':
    /\bai\b|\bartificial intelligence\b|\bllms?\b|\bchatgpt\b|\bprompt injection\b|\bdeepfakes?\b|\bclaude\b|\bgemini\b|\bcopilot\b|\bchatbots?\b|الذكاء (?:ال)?اصطناعي|شات ?جي ?بي|تزييف عميق/giu,
  advisory:
    /\bhow to\b|\btips\b|\bprotect\w*|\bwarn\w*|\bresearch\w*|\breport\b|\bstudy\b|\bsurvey\b|\badvice\b|\bexperts?\b|\bmarket\b|\bsecurity (?:firm|company|tool|product)s?\b|\blaunch\w*|نصائح|نصيحه|حمايه|كيف|خبرا|تحذر|حذر|دراسه|تقرير|بحث|كاسبرسكي|وعي|توعي/giu,
};

/** In the order of `TOPICS`. */
export function findTopicCues(title: string, text: string): Cues[] {
  const [head, body] = [title, text.slice(0, READ_CHARACTERS)].map(normaliseForMatching);
  return TOPICS.map((topic) => ({
    title: (head?.match(WORDS[topic]) ?? []).length > 0 ? 1 : 0,
    body: Math.log1p((body?.match(WORDS[topic]) ?? []).length),
  }));
}
