/**
 * What makes a story grave, as patterns over text folded by `normaliseForMatching` (lower case, ا for all alefs, ه for ة, ي for ى
 * and ئ). Each reason is counted once, with its points.
 */
export interface SeveritySign {
  reason: string;
  points: number;
  /** Any of them. */
  patterns: RegExp[];
}

export const SEVERITY_SIGNS: SeveritySign[] = [
  {
    reason: 'exploited-in-the-wild',
    points: 3,
    patterns: [
      /exploit(?:ed|ation|ing)? (?:\S+ ){0,3}in the wild/u,
      /(?:actively|already|currently|being|been|under active|mass) exploit/u,
      /active(?:ly)? (?:\S+ )?exploitation/u,
      /exploited (?:as|by|in) (?:\S+ ){0,4}(?:zero|0)[ -]?day/u,
      /(?:zero|0)[ -]?days? (?:\S+ ){0,6}exploited/u,
      /(?:hackers|attackers|threat actors|group|spies) (?:\S+ ){0,3}(?:are |have been |has been )?exploit(?:ed|ing)/u,
      /exploited by (?:\S+ ){0,3}(?:hackers|attackers|actors|groups?|gangs?|spies)/u,
      /(?:يستغل|تستغل|استغل)(?:ون|وا|ها|ونها|ت|ه)? (?:\S+ ){0,3}(?:المهاجم|القراصنه|قراصنه|متسلل|المتسلل|مهاجم|مخترق|الثغر|ثغر)/u,
      /(?:يستغل|تستغل|استغل)\p{L}{0,4} (?:\S+ ){0,2}(?:مجموع|عصاب|جهات|صيني|روسي|ايراني|كوري)/u,
      /ثغر\S* (?:\S+ ){0,8}(?:استغلتها|استغلها|استغلوها|تستغلها|يستغلها|يستغلونها)/u,
      /(?:ي|ت)جري استغلال|استغلال(?:ها|ه)? (?:ال)?(?:نشط|فعلي)|(?:مستغله|استغلت|تستغل|مستغل) (?:بالفعل|فعلي|في هجمات|بنشاط)/u,
    ],
  },
  {
    reason: 'known-exploited',
    points: 3,
    patterns: [
      /known exploited vulnerabilit/u,
      /\bkev (?:catalog|list)/u,
      /الثغرات (?:\S+ )?المستغله (?:\S+ )?المعروفه|الثغرات المعروف(?:ه)? (?:ب|ان)?\S*استغلال/u,
    ],
  },
  {
    reason: 'zero-day',
    points: 2,
    patterns: [
      /\b(?:zero|0)[ -]?days?\b/u,
      /(?:ثغره|ثغرات|هجوم|هجمات) (?:\S+ )?(?:يوم (?:ال)?صفر|اليوم صفر|زيرو داي)|(?:يوم|اليوم) (?:ال)?صفر/u,
    ],
  },
  {
    reason: 'critical-infrastructure',
    points: 2,
    patterns: [
      /critical (?:national )?infrastructure/u,
      /(?:power|electric(?:ity)?) (?:grid|plants?|utilit|compan|suppl|station|network)/u,
      /water (?:utilit|treatment|system|suppl|plant|facilit|compan)|wastewater/u,
      /(?:oil|gas|fuel|energy|colonial) pipelines?|nuclear (?:plant|power|facilit|station)|oil (?:refiner|compan|giant|terminal)|gas (?:network|operator|compan)|\baramco\b/u,
      /\bhospitals?\b|health ?care (?:provider|system|network)|\bnhs\b|blood (?:bank|center|supply)|emergency (?:services|dispatch|calls)|\b911\b/u,
      /\bairports?\b|air traffic|\brailways?\b|\bports?\b (?:of|operator|authority)|satellite (?:network|operator|internet)|central bank|telecoms? (?:provider|operator|giant|compan|network)/u,
      /البنيه? التحتيه|البني التحتيه|بنيه تحتيه|شبك(?:ه|ات) (?:ال)?(?:كهرباء|طاقه|مياه)|(?:محط(?:ه|ات)|شرك(?:ه|ات)|منش(?:اه|ات)) (?:\S+ )?(?:ال)?(?:كهرباء|مياه|نفط|غاز|طاقه|نووي\S*)|خط(?:وط)? (?:ال)?انابيب/u,
      /(?:ال)?مستشف(?:ي|يات)|الخدم(?:ه|ات) الصحيه|(?:ال)?مطار(?:ات)?(?!\p{L})|السكك الحديديه|البنك المركزي|المفاعل|منشاه نوويه|ارامكو|شرك(?:ه|ات) (?:ال)?اتصالات/u,
    ],
  },
  {
    reason: 'state-actor',
    points: 2,
    patterns: [
      /(?:state|government|nation)[ -](?:state |sponsored|backed|linked|aligned)|nation[ -]state/u,
      /(?:china|russia|iran|north korea|dprk|beijing|moscow|tehran|pyongyang)[ -](?:linked|backed|nexus|aligned|sponsored|based)|israel[ -](?:linked|backed|aligned) (?:\S+ )?(?:hack|group|gang)/u,
      /(?:chinese|russian|iranian|north korean|israeli) (?:\S+ )?(?:hackers?|hacking|spies|cyber ?spies|cyber[ -]?espionage|military hack|intelligence|state|government[ -]linked|threat actor|apt)/u,
      /(?:linked|tied|attributed|connected) to (?:\S+ ){0,3}(?:china|russia|iran|north korea|the chinese|the russian|beijing|moscow|tehran|pyongyang|government)/u,
      /\bapt ?-?\d{1,2}\b|(?:salt|volt|silk|flax) typhoon|(?:midnight|forest|seashell) blizzard|\blazarus\b|\bsandworm\b|\bkimsuky\b|(?:cozy|fancy) bear/u,
      /(?:قراصنه|متسلل(?:ون|ين)|المتسلل(?:ون|ين)|القراصنه|هاكرز|مخترق(?:ون|ين)) (?:\S+ )?(?:ال)?(?:صيني|روسي|روسا|روس(?!\p{L})|ايراني|كوري)\S*/u,
      /(?:مدعوم|مرتبط|تابع)\S* (?:\S+ ){0,2}(?:ب|من |ل)?(?:ال)?(?:صين|روسيا|ايران|كوريا الشماليه|بكين|موسكو|طهران|حكوم\S*|دول\S*|حرس الثوري)/u,
      /(?:مجموع|قراصن|هاكر)\S* (?:(?:\S+ ){0,4}ال)?(?:مدعوم|مرتبط)\S* (?:من |ب)?اسراييل/u,
      /لازاروس|ساندوورم|(?:اتهم|تتهم|اتهمت|يتهم)\S* (?:\S+ )?(?:ال)?(?:صين|روسيا|ايران|كوريا الشماليه|موسكو|بكين|طهران)/u,
    ],
  },
  {
    reason: 'ransomware',
    points: 1,
    patterns: [
      /\bransomware\b|\bransom (?:attack|demand|note)/u,
      /(?:ال)?(?:برامج|برمجيات|برنامج|فيروس|فيروسات|هجوم|هجمات) (?:ال)?فدي[هو]|(?:ب|ل)?طلب(?:ت|وا)? فديه|رانسوم ?وير/u,
    ],
  },
  {
    reason: 'service-disrupted',
    points: 2,
    patterns: [
      /(?:halt|shut|clos|suspend|cancel|paraly[sz]|cripple|disrupt|knock|took|taken|forced|remain|go|went|brought)\w*(?: \S+){0,6} (?:down|offline|operations?|production|services?|flights?|surger(?:y|ies)|appointments?|systems?|deliver(?:y|ies)|orders?|sales|factor(?:y|ies))/u,
      /(?:operations?|production|services?|flights?|surger(?:y|ies)|appointments?|systems?|deliver(?:y|ies)|factor(?:y|ies)|websites?) (?:\S+ ){0,3}(?:cancel\w*|halted|suspended|disrupted|shut|offline|down|paraly[sz]ed)/u,
      /(?:paused?|pause in|stopp(?:ed|age of)|standstill (?:in|of)) (?:\S+ ){0,2}(?:operations?|production|services?|flights?|surger(?:y|ies)|appointments?|deliver(?:y|ies)|orders?|sales|assembly)/u,
      /\b(?:outages?|blackouts?)\b/u,
      /(?:تعطل|تعطيل|عطل|شل|توقف|ايقاف|وقف|اغلاق|الغاء|تعليق|انقطاع|قطع)\S* (?:\S+ ){0,3}(?:ال)?(?:خدم|عمل|انظم|نظام|انتاج|رحل|مواقع|موقع|مبيعات|كهرباء|تيار|شبك|مصانع|انترنت|انشط|مطار|تطبيق|صراف|اجهزه الصراف|منص)\S*/u,
    ],
  },
  {
    reason: 'government-target',
    points: 1,
    patterns: [
      /(?:state department|pentagon|white house|treasury|ministr(?:y|ies)|parliament|congress|senate|government (?:agenc|email|e-mail|network|system|department|official)|federal agenc|military (?:network|system|email))/u,
      /(?:وزاره|وزارتي|وزارات|البرلمان|البيت الابيض|البنتاغون|الكونغرس|(?:ال)?(?:وكالات|جهات|مواقع|موسسات|شبكات|هييات) (?:ال)?حكوميه)/u,
    ],
  },
  {
    reason: 'active',
    points: 1,
    patterns: [
      /(?:attack|incident|outage|breach|campaign|exploitation) (?:\S+ ){0,3}(?:is |are )?(?:ongoing|under way|underway|continu)|ongoing (?:\S+ ){0,2}(?:attack|campaign|incident|exploitation|outage)|still (?:offline|down|unable|struggling|being)|remains? (?:offline|down|unpatched)|(?:no|without a) (?:patch|fix) (?:is )?(?:yet )?(?:available)?|unpatched/u,
      /(?:لا يزال|لا تزال|ما زال|ما زالت|مستمر|متواصل|جاري)\S* (?:\S+ ){0,4}(?:هجوم|هجمات|تعطل|متوقف|معطل|اختراق|انقطاع)|(?:هجوم|هجمات|اختراق) (?:\S+ ){0,3}(?:مستمر|متواصل|جاري)/u,
    ],
  },
];

/** Statements that say the opposite of a sign are taken out before the signs are looked for. */
export const DENIALS =
  /(?:no (?:known |current |reported )?(?:evidence|indication|sign|report|instance)s? (?:of|that)|not (?:aware of|been|being|seen)|never been|without evidence of|لا (?:يوجد )?(?:دليل|ادله|مؤشر|موشرات)|لم (?:يتم|تستغل|يرصد|ترصد|تتاثر|يتاثر)|دون (?:اي )?(?:تاثير|دليل))[^.؛\n]*/gu;
