import { pluralArabic } from '../../digest/plural.ts';
import type { enFind } from './en-find.ts';

/** After «من», so in the genitive. */
const VOTES = {
  zero: 'لا أصوات',
  one: 'صوت واحد',
  two: 'صوتين',
  few: '# أصوات',
  many: '# صوتًا',
  other: '# صوت',
};

const ITEMS = {
  zero: 'لا عناصر',
  one: 'عنصر واحد',
  two: 'عنصران',
  few: '# عناصر',
  many: '# عنصرًا',
  other: '# عنصر',
};

const SOURCES = {
  zero: 'لا مصدر',
  one: 'مصدر واحد',
  two: 'مصدران',
  few: '# مصادر',
  many: '# مصدرًا',
  other: '# مصدر',
};

const FAILURES = {
  zero: 'لا إخفاقات',
  one: 'إخفاق واحد',
  two: 'إخفاقان متتاليان',
  few: '# إخفاقات متتالية',
  many: '# إخفاقًا متتاليًا',
  other: '# إخفاق متتالٍ',
};

/** What Rasid says in Arabic about what a member looks for. */
export const arFind: typeof enFind = {
  stats: {
    title: 'الأيام السبعة الماضية',
    picture: 'الأخبار حسب الموضوع والخطورة في الأيام السبعة الماضية',
    outlets: 'المصادر الأكثر إيرادًا للأخبار',
    none: 'لا خبر في الأيام السبعة الماضية.',
    precision: (share, votes) =>
      `قال «يهمّنا» ${share}% من ${pluralArabic(votes, VOTES)} في هذا الخادم.`,
    noVotes: 'لم يصوّت أحد في هذا الخادم هذا الأسبوع. الأزرار تحت «المزيد».',
  },
  sources: {
    title: 'المصادر',
    none: 'لا مصادر.',
    own: 'خاص بهذا الخادم',
    ask: 'هل تضيف هذا المصدر؟ لن يرى ما يأتي به إلا هذا الخادم.',
    items: (count) => pluralArabic(count, ITEMS),
    added: (name) => `✅ أُضيف ${name} وسيُقرأ خلال دقيقة.`,
    dropped: 'لم يُضف شيء.',
    removed: (name) => `🗑 أُزيل ${name}. ما أتى به يبقى.`,
    known: (name) => `هذا الخادم يقرؤه أصلًا: ${name}`,
    tooMany: (limit) =>
      `الحد الأقصى لمصادر الخادم الخاصة ${pluralArabic(limit, SOURCES)}. أزل واحدًا أولًا: /sources remove`,
    expired: 'حُفظ هذا ساعة واحدة. ابدأ من جديد: /sources add',
    notYours: 'القرار هنا لمن طلبه وحده.',
    unreadable: (code) => `تتعذر قراءة هذا العنوان (${code}).`,
    problem: {
      'private-address': 'هذا العنوان ليس على الإنترنت العام، فلا يُقرأ أبدًا.',
      'bad-url': 'هذا ليس عنوان موقع.',
      scheme: 'هذا ليس عنوان موقع.',
      port: 'هذا ليس عنوان موقع: منفذه لخدمة أخرى.',
      dns: 'لا خادم بهذا الاسم.',
      connect: 'يتعذر الوصول إلى الموقع. حاول لاحقًا.',
      'no-feed': 'لا خلاصة (feed) في هذا العنوان، والصفحة لا تقود إلى واحدة.',
      timeout: 'لم يُجب الموقع في الوقت المناسب. حاول لاحقًا.',
      refused: 'الموقع لا يسمح لراصد بالقراءة.',
      gone: 'يقول الموقع إن هذا أُغلق نهائيًا.',
      busy: 'الموقع مشغول. حاول لاحقًا.',
      'too-large': 'هذا أكبر من أن يكون خلاصة.',
      status: 'لا صفحة كهذه في الموقع، أو تعذر عليه تقديمها.',
    },
    detail: {
      address: 'العنوان',
      language: 'اللغة',
      lastFetched: 'آخر قراءة',
      lastSuccess: 'آخر قراءة ناجحة',
      nextCheck: 'القراءة القادمة',
      failures: (count) => pluralArabic(count, FAILURES),
      answer: 'آخر جواب (HTTP)',
      error: 'العلة',
      note: 'ملاحظة',
    },
    neverFetched: 'لم يُقرأ بعد',
    fetched: (when) => `قُرئ ${when}`,
    health: {
      new: 'جديد',
      fresh: 'سليم',
      slow: 'بطيء',
      failing: 'متعثر',
      failingSince: (when) => `متعثر منذ ${when}`,
      refused: 'يرفض راصد',
      gone: 'أُغلق نهائيًا',
      off: 'موقوف',
    },
  },
  why: {
    title: (title) => `لماذا: ${title}`,
    source: 'المصدر',
    article: 'المقال',
    times: (published, found) => `نُشر ${published}، ورُصد ${found}`,
    language: 'اللغة',
    score: (score, threshold) =>
      `خبر سيبراني: ${score}، والمطلوب من النموذج ${threshold} على الأقل`,
    topics: 'المواضيع',
    severity: (level) => `الخطورة: ${level}`,
    story: (size, updated) => `الخبر: ${size}، وآخر تقرير انضم إليه ${updated}`,
    joinedByPerson: 'قرر شخص أن تقاريره خبر واحد.',
    keptApartByPerson: 'قرر شخص أنه ليس خبرًا آخر يشبهه، فيبقى الخبران منفصلين.',
    subscriptions: 'اشتراكات هذه القناة',
    noSubscription: 'لا اشتراك لهذه القناة، فلا يُنشر فيها شيء. ابدأ بالأمر /subscribe',
    notRead: 'ينتظر أن يقرأه النموذج.',
    backlog: (count, oldest) =>
      `المنتظر الآن: ${count}، وأقدمه رُصد ${oldest}. يُقرأ الأحدث يومًا أولًا، ثم الأوثق مصدرًا في يومه.`,
    givenUp: (when) =>
      `لم يقرأه النموذج قط، فقد وصل أكثر مما يستطيع قراءته، ثم تُرك بعد أسبوعين من الانتظار (${when}).`,
    unreadable: 'لم يستطع النموذج قراءته، فهو ليس في أي خبر.',
    notCyber: 'لا يُعد خبرًا سيبرانيًا، فلا يُنشر في أي مكان.',
    noStoryYet: 'ينتظر ضمه إلى بقية تقارير خبره، ويستغرق ذلك ثواني.',
    unknown: 'لم يأتِ أي مصدر بهذا الرابط.',
    sourcesOf: (host) => `هذه المصادر تأتي بما ينشره ${host}:`,
    noSourceOf: (host) => `لا مصدر يغطي ${host}. أضف مصدرًا: /sources add`,
    badLink: 'هذا ليس رابطًا. يبدأ الرابط بـ https://',
    nothingAsked: 'أعط رابطًا أو خبرًا.',
    reason: {
      'exploited-in-the-wild': 'تُستغل فعليًا',
      'known-exploited': 'في قائمة الثغرات المعروف استغلالها',
      'zero-day': 'ثغرة يوم الصفر',
      'critical-infrastructure': 'بنية تحتية حيوية',
      'state-actor': 'جهة تابعة لدولة',
      ransomware: 'برامج فدية',
      'service-disrupted': 'تعطل خدمة',
      'government-target': 'الهدف جهة حكومية',
      active: 'ما زال مستمرًا',
      'critical-cvss': 'درجة CVSS حرجة',
      'large-scale': 'مليون متضرر أو أكثر',
      'many-victims': 'متضررون كثر',
      'large-loss': 'خسائر مالية كبيرة',
      'no-incident': 'لا حادثة، فلم تُرفع',
    },
    verdict: {
      sent: (link) => `أُرسل: ${link}`,
      pending: (attempts) =>
        attempts === 0 ? 'في موجز ينتظر الإرسال' : `في موجز قيد الإرسال (المحاولة ${attempts})`,
      failed: (error) => `تعذر إرسال رسالته: ${error}`,
      held: 'يجتاز التصفية، ويأتي في موجز واحد بعد أن يقبل ديسكورد الرسالة المنتظرة إلى هذه القناة',
      counted: 'محسوب في موجز فيه أخبار أكثر مما يعرضه',
      filtered: 'لا يجتاز التصفية',
      paused: (reason) => `يجتاز التصفية، لكن الاشتراك متوقف: ${reason}`,
      old: (window) =>
        `يجتاز التصفية، لكنه لم يعد جديدًا: أحدث تقاريره أقدم من آخر موجز (${window}) بأكثر من يوم`,
      earlier: (window) => `يجتاز التصفية الآن، لكنه سبق ما ينظر فيه الموجز القادم (منذ ${window})`,
      next: (due) => `يجتاز التصفية، وسيأتي في الموجز القادم ${due}`,
    },
    gate: {
      anything: 'أي شيء',
      score: (score, threshold) => `الدرجة ${score}، والحد الأدنى هنا ${threshold}`,
      language: (told, wanted) => `اللغة ${told}؛ والمطلوب: ${wanted}`,
      topic: (told, wanted) => `المواضيع ${told}؛ والمطلوب: ${wanted}`,
      severity: (level, least) => `الخطورة ${level}، والحد الأدنى ${least}`,
      source: (told, wanted) => `المصادر ${told}؛ والمطلوب: ${wanted}`,
      keyword: (text) => `الكلمات: ${text}`,
    },
  },
  storyPage: {
    unknown: (text) => `لا يوجد خبر «${text}». اختر من القائمة، أو أعط رابط أحد مقالاته.`,
    timeline: 'التسلسل الزمني',
    firstReport: 'أول تقرير',
    firstIn: (language) => `أول تقرير ${language}`,
    latestReport: 'آخر تقرير',
    exploited: (day) => `⚠ معروف استغلالها (CISA، ${day})`,
  },
  search: {
    title: (query) => `نتائج البحث عن ${query}`,
    none: (query) => `لا خبر عن ${query}. قد تفيد كلمات أخرى أو مدة أطول.`,
    language: { ar: 'عربي', en: 'إنجليزي', other: 'لغة أخرى' },
    notYours: 'صفحات هذا البحث لمن طلبه وحده. ابحث بنفسك: /search',
    expired: 'تُحفظ نتائج البحث 24 ساعة. أعد البحث: /search',
  },
};
