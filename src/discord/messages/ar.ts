import { pluralArabic } from '../../digest/plural.ts';
import { arFind } from './ar-find.ts';
import { arKeep } from './ar-keep.ts';
import type { Messages } from './en.ts';

const SUBSCRIPTIONS = {
  zero: 'لا اشتراكات',
  one: 'اشتراك واحد',
  two: 'اشتراكان',
  few: '# اشتراكات',
  many: '# اشتراكًا',
  other: '# اشتراك',
};

const OTHERS = {
  zero: '',
  one: 'وواحد آخر',
  two: 'واثنان آخران',
  few: 'و# أخرى',
  many: 'و# أخرى',
  other: 'و# أخرى',
};

const LIMIT = {
  zero: 'لا اشتراك',
  one: 'اشتراك واحد',
  two: 'اشتراكان',
  few: '# اشتراكات',
  many: '# اشتراكًا',
  other: '# اشتراك',
};

const CHARACTERS = {
  zero: 'لا حروف',
  one: 'حرف واحد',
  two: 'حرفان',
  few: '# أحرف',
  many: '# حرفًا',
  other: '# حرف',
};

/** Everything that Rasid says in Discord, in Arabic. */
export const ar: Messages = {
  ...arFind,
  ...arKeep,
  buttons: {
    more: 'المزيد',
    latest: 'آخر الأخبار',
    previous: 'السابق',
    next: 'التالي',
    pause: 'إيقاف مؤقت',
    resume: 'استئناف',
    delete: 'حذف',
    confirmDelete: 'نعم، احذف',
    keep: 'تراجع',
  },
  schedule: { instant: 'فوري', hourly: 'كل ساعة', daily: 'يومي', weekly: 'أسبوعي' },
  weekday: {
    1: 'الاثنين',
    2: 'الثلاثاء',
    3: 'الأربعاء',
    4: 'الخميس',
    5: 'الجمعة',
    6: 'السبت',
    7: 'الأحد',
  },
  storyLanguage: {
    ar: 'أخبار بالعربية',
    en: 'أخبار بالإنجليزية',
    both: 'أخبار بالعربية والإنجليزية',
  },
  subscription: {
    everyHour: 'على رأس كل ساعة',
    dailyAt: (time, city) => `الساعة ${time} (${city})`,
    weeklyAt: (day, time, city) => `كل يوم ${day} الساعة ${time} (${city})`,
    severityFrom: (level) => `الخطورة: ${level} فما فوق`,
    topics: (list) => `المواضيع: ${list}`,
    sources: (list) => `المصادر: ${list}`,
    keyword: (text) => `الكلمات: ${text}`,
    mentions: (role) => `مع تنبيه ${role}`,
    mentionsFrom: (role, level) => `مع تنبيه ${role} من الخطورة ${level}`,
    follows: 'المستجدات في سلسلة رسائل',
    next: (when) => `الموعد القادم ${when}`,
    asTheyCome: 'فور ورود الخبر',
    paused: (reason) => `متوقف مؤقتًا: ${reason}`,
    pausedBy: (user) => `أوقفه ${user}`,
    pausedReason: {
      'channel-gone': 'القناة لم تعد موجودة',
      forbidden: 'لا يملك راصد إذن النشر فيها',
      'bot-removed': 'أُزيل راصد من الخادم',
    },
  },
  subscribe: {
    done: (channel) => `✅ ستصل إلى ${channel} أخبار الأمن السيبراني:`,
    tooMany: (limit) =>
      `الحد الأقصى للخادم ${pluralArabic(limit, LIMIT)}. احذف واحدًا أولًا: /subscriptions`,
  },
  subscriptions: {
    title: (count) => pluralArabic(count, SUBSCRIPTIONS),
    none: 'لا اشتراكات بعد. ابدأ بالأمر /subscribe',
    askDelete: 'هل تريد حذف هذا الاشتراك؟ لا يمكن التراجع عن ذلك.',
  },
  unsubscribe: { done: '🗑 حُذف:' },
  latest: {
    title: 'آخر أخبار الأمن السيبراني',
    none: 'لا خبر في الأيام السبعة الماضية يطابق هذا الاختيار.',
    page: (from, to, total) => `${from} إلى ${to} من ${total}`,
  },
  story: {
    sources: 'المصادر',
    entities: {
      actors: 'الجهات المنفذة',
      organisations: 'المؤسسات',
      products: 'المنتجات',
      malware: 'البرمجيات الخبيثة',
      cves: 'الثغرات',
    },
    noSummary: 'لا نص في أي من تقارير هذا الخبر يمكن تلخيصه؛ الروابط تقود إلى المقالات.',
    others: (count) => pluralArabic(count, OTHERS),
  },
  settings: {
    title: 'إعدادات هذا الخادم',
    saved: '✅ حُفظت الإعدادات.',
    language: (name) => `اللغة: ${name}`,
    timezone: (zone) => `المنطقة الزمنية: ${zone}`,
    languageName: { ar: 'العربية', en: 'الإنجليزية' },
  },
  help: {
    buttons: { begin: 'موجز جديد هنا', list: 'الاشتراكات' },
    title: 'يرصد «راصد» أخبار الأمن السيبراني في الصحافة العربية والإنجليزية.',
    commands: {
      subscribe: 'نشر موجز في قناة، في المواعيد وبالتصفية التي تختارها',
      subscriptions: 'عرض مواجيز هذا الخادم ومعاينتها وتعديلها وإيقافها واستئنافها وحذفها',
      unsubscribe: 'حذف واحد منها',
      digest: 'موجز الآن، لك وحدك',
      latest: 'آخر الأخبار، صفحة بعد صفحة',
      search: 'البحث عن الأخبار بالمعنى وبالكلمات، بأي من اللغتين',
      why: 'لماذا نُشر خبر في هذه القناة أو لم يُنشر',
      story: 'خبر واحد: كل مقالاته وتسلسله الزمني وما فيه من أسماء وثغرات',
      stats: 'هذا الأسبوع في صورة: الأخبار حسب الموضوع والخطورة',
      sources: 'مصادر الأخبار، وإضافة مصادر لهذا الخادم وحده',
      settings: 'اللغة والمنطقة الزمنية وساعات الهدوء والحد الأدنى للثقة في هذا الخادم',
      help: 'هذه الصفحة',
    },
    keyword:
      'الكلمات: الكلمات المتجاورة يجب أن ترد كلها؛ وتُركَّب بـ AND (و) وOR (أو) وNOT (ليس) بأحرف كبيرة، وبالأقواس، وبعلامات الاقتباس للعبارة كما هي؛ والنجمة * لأي نهاية؛ وللموضوع topic: وللخطورة severity: وللغة language: وللمصدر source:. مثال: فدية AND (مستشفى OR severity:critical) NOT source:"BBC"',
  },
  times: {
    now: 'الآن',
    at: (clock) => `الساعة ${clock}`,
    on: (date) => `في ${date}`,
  },
  errors: {
    failed: 'حدث خطأ من جهتنا وسُجّل. حاول مرة أخرى بعد دقيقة.',
    notAllowed: 'يتطلب هذا إذن «إدارة الخادم» (Manage Server).',
    busy: 'راصد مشغول جدًا الآن. اضغط مرة أخرى بعد لحظات.',
    gone: 'لم يعد هذا متاحًا.',
    unknownSubscription: 'لا يوجد اشتراك كهذا في هذا الخادم.',
    unknownZone: (zone) =>
      `لا توجد منطقة زمنية باسم «${zone}». اختر من القائمة، مثل Asia/Riyadh أو Africa/Cairo.`,
    badTime: (text) => `«${text}» ليس وقتًا صحيحًا. اكتبه بالشكل HH:MM، مثل 08:00 أو 17:30.`,
    unknownTopic: (text) => `لا يوجد موضوع باسم «${text}». اختر من القائمة.`,
    unknownSource: (text) => `لا يوجد مصدر باسم «${text}». اختر من القائمة.`,
    tooLong: (limit) => `النص أطول من المسموح: ${pluralArabic(limit, CHARACTERS)} على الأكثر.`,
    badKeyword: (problem, position) => `في الكلمات خطأ عند الحرف ${position}: ${problem}`,
    keyword: {
      empty: 'لا كلمة فيها.',
      'unclosed-quote': 'علامة الاقتباس هذه لم تُغلق.',
      'unclosed-parenthesis': 'هذا القوس لم يُغلق.',
      'missing-word': 'هنا كلمة ناقصة.',
      'unexpected-parenthesis': 'هذا القوس لم يُفتح.',
      'missing-value': 'هنا قيمة ناقصة، مثل topic:ransomware.',
      'unknown-topic': 'لا يوجد موضوع بهذا الاسم.',
      'unknown-severity':
        'الخطورة low أو medium أو high أو critical (منخفض أو متوسط أو مرتفع أو حرج).',
      'unknown-language': 'اللغة ar أو en.',
    },
    cannotPost: (channel, missing) => `لا يستطيع راصد النشر في ${channel}. ينقصه: ${missing}`,
    unknownChannel: (channel) =>
      `لا يرى راصد ${channel}. امنحه إذن «عرض القناة» (View Channel) ثم حاول مرة أخرى.`,
    permission: {
      ViewChannel: 'عرض القناة (View Channel)',
      SendMessages: 'إرسال الرسائل (Send Messages)',
      SendMessagesInThreads: 'إرسال الرسائل في السلاسل (Send Messages in Threads)',
      CreatePublicThreads: 'إنشاء سلاسل عامة (Create Public Threads)',
      ReadMessageHistory: 'قراءة سجل الرسائل (Read Message History)',
    },
  },
};
