import { parseNames } from './parse-names.ts';

/**
 * Services of states that cyber news names: an attacker where the text attributes an attack to their state, else an organisation
 * like another. The name of the state comes before the colon.
 */
export const STATE_SERVICES = Object.entries({
  Russia: `
GRU = Main Intelligence Directorate, Russian military intelligence, Russia's military intelligence, Russian military intelligence service, جي آر يو, جي أر يو, جي ار يو, مديرية المخابرات الرئيسية, مديرية المخابرات الرئيسية الروسية, المخابرات العسكرية الروسية, مخابرات الجيش الروسي, الاستخبارات العسكرية الروسية, استخبارات الجيش الروسي, وكالة الاستخبارات العسكرية الروسية, وكالة المخابرات العسكرية الروسية, جهاز الاستخبارات العسكرية الروسي, جهاز الاستخبارات العسكرية الروسية, جهاز المخابرات العسكرية الروسي, جهاز المخابرات العسكرية الروسية, أجهزة الاستخبارات العسكرية الروسية, دائرة الاستخبارات العسكرية الروسية, مديرية الاستخبارات العسكرية الروسية, جهاز الاستخبارات العسكرية, المخابرات الحربية الروسية
FSB = Federal Security Service, Russian Federal Security Service, جهاز الأمن الفيدرالي, جهاز الأمن الفدرالي, جهاز الأمن الاتحادي, جهاز الأمن الاتحادي الروسي, جهاز الأمن الفيدرالي الروسي, جهاز الأمن الفدرالي الروسي, إف إس بي
SVR = Russian Foreign Intelligence Service, Russia's Foreign Intelligence Service, جهاز الاستخبارات الخارجية الروسي, جهاز المخابرات الخارجية الروسي, الاستخبارات الخارجية الروسية, المخابرات الخارجية الروسية, إس في آر`,
  China: `
Ministry of State Security = MSS, Chinese Ministry of State Security, وزارة أمن الدولة الصينية
People's Liberation Army = PLA, جيش التحرير الشعبي, جيش التحرير الشعبي الصيني, الجيش الصيني`,
  Iran: `
IRGC = Islamic Revolutionary Guard Corps, Islamic Revolutionary Guards Corps, Revolutionary Guards, Revolutionary Guard, IRGC-CEC, الحرس الثوري الإيراني, الحرس الثوري, حرس الثورة, حرس الثورة الإيراني
Ministry of Intelligence and Security = MOIS, وزارة الاستخبارات الإيرانية, وزارة الاستخبارات والأمن الإيرانية, وزارة الأمن الإيرانية`,
  'North Korea': `
Reconnaissance General Bureau = Bureau 121, Lab 110, المكتب العام للاستطلاع, مكتب الاستطلاع العام, المكتب 121, الوحدة 121, الوحدة 180`,
  Israel: `
Unit 8200 = الوحدة 8200, وحدة 8200
Mossad = الموساد`,
}).map(([state, list]) => ({ state, names: parseNames(list) }));
