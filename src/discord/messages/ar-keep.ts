import { pluralArabic } from '../../digest/plural.ts';
import type { enKeep } from './en-keep.ts';

const SECONDS = {
  zero: 'الآن',
  one: 'بعد ثانية',
  two: 'بعد ثانيتين',
  few: 'بعد # ثوانٍ',
  many: 'بعد # ثانية',
  other: 'بعد # ثانية',
};

const VOTERS = {
  zero: 'لا أصوات',
  one: 'صوت عضو واحد',
  two: 'صوتا عضوين',
  few: 'أصوات # أعضاء',
  many: 'أصوات # عضوًا',
  other: 'أصوات # عضو',
};

/** The same in Arabic. */
export const arKeep: typeof enKeep = {
  draft: {
    title: 'لم يُحفظ بعد. هكذا سيكون:',
    confirm: 'تأكيد',
    edit: 'تعديل',
    cancel: 'إلغاء',
    cancelled: 'لم يُحفظ شيء.',
    expired: 'انتهت مهلة الساعة. ابدأ من جديد: /subscribe',
  },
  preview: {
    title: 'ما كان سيصل في الساعات الأربع والعشرين الماضية:',
    button: 'معاينة',
  },
  form: {
    title: 'الاشتراك',
    button: 'تعديل',
    when: 'الموعد',
    whenHint: 'فوري · كل ساعة · يومي 08:00 Asia/Riyadh · أسبوعي الأحد 08:00 Asia/Riyadh',
    what: 'اللغة والخطورة',
    topics: 'المواضيع، بينها فواصل؛ فارغ: كلها',
    sources: 'المصادر، بينها فواصل؛ فارغ: كلها',
    keyword: 'التصفية',
    keywordHint:
      'AND وOR وNOT والأقواس و"العبارات" وtopic:breach وseverity:high وlanguage:ar وsource:"BBC"',
    badWhen: (text, position) =>
      `الموعد: «${text}» عند الحرف ${position} غير مفهوم. اكتبه مثل «يومي 08:00 Asia/Riyadh».`,
    inField: (field, problem) => `${field}: ${problem}`,
  },
  placeForm: {
    title: 'القناة والرتبة',
    button: 'القناة والرتبة',
    channel: 'القناة أو السلسلة أو المنتدى',
    role: 'الرتبة التي تُنبَّه؛ فارغ: لا أحد',
    roleSeverity: 'تُنبَّه للأخبار التي',
    follow: 'مستجدات الأخبار المنشورة',
    followed: 'تُنشر أيضًا في سلسلة تحت الرسالة',
    notFollowed: 'تُعدَّل بها الرسالة المنشورة فقط',
    noChannel: 'اختر قناة.',
  },
  rest: {
    title: 'بقية أخبار هذا الموجز',
    none: 'لم تعد هذه الأخبار متاحة.',
  },
  vote: {
    buttons: { relevant: 'يهمّنا', 'not-for-us': 'لا يعنينا', 'not-cyber': 'ليس أمنًا سيبرانيًا' },
    thanks: '✅ سُجّل صوتك. يمكنك تغييره بالأزرار.',
    untrusted: '✅ سُجّل صوتك. تُحسب أصوات من مضى على حسابه 30 يومًا وعلى انضمامه إلى الخادم أسبوع.',
    notHere: 'التصويت لمن يرى القناة التي نُشر فيها هذا الخبر.',
  },
  server: {
    quietHours: (from, to) => `ساعات الهدوء: من ${from} إلى ${to}، ثم موجز واحد`,
    noQuietHours: 'ساعات الهدوء: لا شيء',
    critical: (passes) =>
      passes ? 'الأخبار الحرجة تُنشر في ساعات الهدوء' : 'الأخبار الحرجة تنتظر أيضًا',
    night: (silent) =>
      silent ? 'ما يُنشر في ساعات الهدوء بلا تنبيه صوتي' : 'ما يُنشر في ساعات الهدوء يصحبه تنبيه',
    threshold: (value) => `الحد الأدنى للثقة: ${value}`,
    ownThreshold: (value) => `${value} (اختاره هذا الخادم)`,
    modelThreshold: (value) => `${value} (حد النموذج)`,
    votes: (voters, shift) => `${pluralArabic(voters, VOTERS)} تغيّره بمقدار ${shift}`,
    topicWeight: (topic, weight) => `${topic} ×${weight}`,
    managerRole: (role) => `يحق التغيير لرتبة ${role} ولمن له إذن «إدارة الخادم»`,
    managerHint:
      'يجد أصحاب هذه الرتبة أزرار الاشتراكات تحت الأمر /help من الآن. أما إظهار الأوامر نفسها لهم فلا يسمح Discord لأي بوت به: افتح «إعدادات الخادم» (Server Settings) ثم «التكاملات» (Integrations) ثم Rasid، وأضف الرتبة تحت كل من /subscribe و/subscriptions و/unsubscribe و/settings.',
    badQuietHours: (text) =>
      `«${text}» ليست مدة صحيحة. اكتبها بالشكل HH:MM-HH:MM، مثل 22:00-07:00، أو off لإلغائها.`,
    badThreshold: (text) => `«${text}» ليس حدًا صحيحًا. اكتب رقمًا من 0.05 إلى 0.95، أو reset.`,
    onlyManageServer: 'لا يختار الرتبة إلا من له إذن «إدارة الخادم» (Manage Server).',
  },
  access: {
    notAllowed: (role) => `يتطلب هذا إذن «إدارة الخادم» (Manage Server) أو الرتبة ${role}.`,
    slowDown: (seconds) => `مهلًا قليلًا. حاول مرة أخرى ${pluralArabic(seconds, SECONDS)}.`,
    waits: (server, channel, reason) =>
      `لم يعد راصد قادرًا على النشر في ${channel} في ${server}: ${reason}. مواجيزك محفوظة وستصل في موجز واحد حين يزول السبب، ولا حاجة إلى أي شيء آخر. للتفاصيل: /subscriptions`,
    roleGone: (server, channel) =>
      `حُذفت الرتبة التي تنبّهها مواجيزك في ${channel} في ${server}. ستستمر المواجيز من غير تنبيه أحد، ولاختيار رتبة أخرى: /subscriptions`,
  },
};
