/** The sales line of an agency's picture desk; what stands before it is a caption. */
export const LICENCE =
  /(?:Purchase Licensing Rights|Acquire Licensing Rights|الحصول على حقوق الترخيص|شراء حقوق الترخيص)(?:\s*,?\s*opens new tab)?[.:]?/u;

/** A caption that ends in its photographer: `REUTERS/Name/File Photo`. */
export const CREDIT_TAIL =
  /(?:REUTERS|Reuters|رويترز|AP Photo|EPA|AFP)\s?\/\s?\p{Lu}[\p{L} .'’-]{2,40}(?:\/(?:Illustration|File [Pp]hoto|Pool|Handout|[\p{L} ]{2,30}))*\.?$/u;

/** Found anywhere in a line: what it is, and what stands there instead. */
export const REMOVED_ANYWHERE: readonly (readonly [RegExp, string])[] = [
  [
    /\s*Our Standards:\s*The Thomson Reuters Trust Principles\.?(?:\s*,?\s*opens new tab)?\.?/gu,
    '',
  ],
  [/\s*معاييرنا:\s*مبادئ الثقة (?:في|لدى|لـ?) ?(?:طومسون|تومسون) رويترز\.?/gu, ''],
  [/,?\s*opens new tab\b/gu, ''],
  // Tickers: (MSFT.O), (NASDAQ: MSFT), <ATFC>.
  [/\s*\((?:[A-Z]{1,5}\.[A-Z]{1,2}|(?:NYSE|NASDAQ|Nasdaq|LSE|TSX|ASX)\s?:\s?[A-Z.]{1,6})\)/gu, ''],
  [/\s*<[A-Z]{1,5}(?:\.[A-Z]{1,2})?>/gu, ''],
  // An excerpt's end; a single dot in brackets is a defanged address: npmjs[.]help.
  [/\s*\[(?:…|\.{2,3}|&hellip;)\]/gu, '…'],
];

const SENTENCE_END = '(?:^|(?<=[.!?؟…»”")\\]]))\\s*';

/** Cut from here to the end of the line. */
export const TAIL: readonly RegExp[] = [
  /\s*(?:^|(?<=\s))The post .{1,300}? appeared first on [^\n]{1,160}$/u,
  /\s*(?:^|(?<=\s))(?:ظهرت المقالة|ظهر المقال|نُ?شر هذا المقال|التدوينة|المقالة) .{1,300}? (?:أولاً?|أولا|لأول مرة) (?:على|في) [^\n]{1,120}$/u,
  new RegExp(
    `${SENTENCE_END}(?:Continue [Rr]eading|CONTINUE READING|Read [Mm]ore|Read the (?:full|rest)|Keep reading)\\s*(?:[.…→»>]*|(?:at|on|here)\\b[^.\\n]{0,60}\\.{0,3}|:[^\\n]{0,200})$`,
    'u',
  ),
  new RegExp(
    `${SENTENCE_END}(?:اقرأ المزيد|إقرأ المزيد|تابع القراءة|أكمل القراءة|للمزيد|المزيد)\\s*[.…»>:]*$`,
    'u',
  ),
  new RegExp(
    `${SENTENCE_END}\\(?(?:(?:Additional )?[Rr]eporting|Writing|Editing|Compiled|Translated)(?: and [a-z]+)? by \\p{Lu}[^\\n]{0,400}$`,
    'u',
  ),
  /\s*\((?:تغطية صحفية|شارك في (?:التغطية|الإعداد)|إعداد|تحرير|كتابة)[\s:][^\n]{0,400}$/u,
  new RegExp(
    `${SENTENCE_END}(?:تغطية صحفية|إعداد)[\\s:][^.\\n]{0,200}(?:للنشرة العربية|تحرير)[^\\n]{0,200}$`,
    'u',
  ),
  new RegExp(
    `${SENTENCE_END}(?:CLICK HERE (?:TO|FOR) [^\\n]{0,120}|Click here (?:to|for) [^.\\n]{0,120}[.!]?|SEE ALSO: [^\\n]{0,160}|Sign [Uu]p (?:for|to) [^.\\n]{0,160}[Nn]ewsletter[^.\\n]{0,80}[.!]?)$`,
    'u',
  ),
];

/** Lines that say nothing of the news. */
export const DROPPED_LINES: readonly RegExp[] = [
  /^[-=_*•·\s]{3,}$/u,
  /^(?:leave a (?:reply|comment)|post a comment|add a comment|(?:\d+ )?comments?(?: \(\d+\))?|cancel reply)[.:!]?$/iu,
  /^(?:اترك (?:ردك|رد|ردا|رداً|ردًا|تعليق|تعليقا|تعليقاً|تعليقًا|تعليقك)|أضف (?:تعليق|تعليقا|تعليقاً|تعليقًا|تعليقك)|التعليقات|إلغاء الرد)(?: إلغاء الرد)?[.:!]?$/u,
  /^(?:read (?:also|next|more)|also read|see also|related(?: (?:articles?|stories|news|coverage))?|recommended|more on this story|don['’]t miss|you may also like)\s*[:：|>»-]\s*\S.*$/iu,
  /^(?:اقرأ(?:وا)?|إقرأ|اقرؤوا|طالع|شاهد|شاهدوا)\s+(?:أيضا|أيضاً|أيضًا|ايضا|كذلك)\s*[:：|>»-]\s*\S.*$/u,
  /^(?:قد يهمك(?: أيضا| أيضاً| أيضًا)?|مواضيع ذات صلة|موضوعات ذات صلة|أخبار ذات صلة|للمزيد)\s*[:：|>»-]\s*\S.*$/u,
  /^(?!x$)(?:(?:share|tweet|print|email|e-mail|copy link|facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|this|article|story|post|on|via|and|save)[\s|/·,:+&-]*){1,14}$/iu,
  /^(?:(?:شارك|شاركها|شاركنا|مشاركة|المقال|الخبر|هذا|طباعة|نسخ|الرابط|على|عبر|فيسبوك|فيس بوك|تويتر|إكس|واتساب|واتس آب|تيليجرام|تلغرام|تليجرام|لينكد إن|البريد الإلكتروني|و)[\s|/·,،:+-]*){1,14}$/u,
  /^(?:follow us|follow .{1,40} on (?:facebook|twitter|x|instagram|linkedin|google news)|subscribe (?:to|now|here|for)|sign up (?:for|to|here)|get (?:the latest|our) .{0,60}(?:newsletter|inbox|app)|download (?:our|the) .{0,40}app)\b/iu,
  /^(?:تابعونا|تابعوا (?:قناتنا|صفحتنا|حسابنا|أحدث)|اشترك(?:وا)? (?:في|الآن)|للاشتراك في|حمّ?ل(?:وا)? تطبيق|انضم(?:وا)? إلى (?:قناتنا|نشرتنا))/u,
  /^يمكنكم .{0,80}(?:إشعارات|تطبيق|نشرتنا|النشرة البريدية)/u,
  /^(?:image source|image caption|media caption|photo credit|photo|image|picture|credit)\s*[:：].{0,160}$/iu,
  /^(?:مصدر الصورة|تعليق الصورة|صورة من|الصورة من|تصوير|الصورة|صورة)\s*[:：].{0,200}$/u,
  /^(?:مصدر الصورة|تعليق الصورة|Image source|Image caption|Media caption)\s.{0,160}[^.!؟]$/u,
  /^(?:©|\(c\)|copyright\b|all rights reserved|جميع الحقوق محفوظة|حقوق النشر)/iu,
  /^\*{0,2}\s*جميع المقالات المنشورة تمثل رأي/u,
];

/** A heading of its own, with titles of other stories under it. */
export const FOLLOWED_BY_LINKS =
  /^(?:(?:اقرأ(?:وا)?|إقرأ|شاهد|طالع) (?:أيضا|أيضاً|أيضًا|ايضا)|مواضيع ذات صلة|موضوعات ذات صلة|أخبار ذات صلة|قد يهمك(?: أيضا| أيضاً| أيضًا)?|read also|see also|related (?:articles|stories|news)|more on this story|you may also like)\s*:?$/iu;

/** Only as the last lines of a text: an editor's name, an agency's signature. */
export const CLOSING_LINES: readonly RegExp[] = [
  /^REUTER$/iu,
  /^\(?(?:Reuters|REUTERS|AFP|AP|رويترز|أ ف ب|وكالات)\)?\.?$/u,
  /^(?:تحرير|إعداد|ترجمة|كتابة)(?: \p{L}+){2,4}\)?\.?$/u,
  /^(?:Editing|Writing|Reporting) by \p{Lu}.{0,200}$/u,
  /^المصدر\s*:.{0,80}$/u,
  /^Source\s*:.{0,80}$/u,
];
