import { describe, expect, test } from 'vitest';
import { extractEntities } from '../../src/entities/extract-entities.ts';

const found = (text: string) => extractEntities(text, []);
const names = (entities: { name: string }[]) => entities.map(({ name }) => name);

describe('one thing has one name in both languages', () => {
  test('Microsoft', () => {
    const { organisations } = found('Microsoft، أو مايكروسوفت، قالت إن ميكروسوفت أصلحتها');
    expect(organisations).toEqual([
      { name: 'Microsoft', mentions: ['Microsoft', 'مايكروسوفت', 'ميكروسوفت'] },
    ]);
  });

  test.each([
    ['قالت وبمايكروسوفت', 'organisations', 'Microsoft'],
    ['تابعة لكاسبرسكي', 'organisations', 'Kaspersky'],
    ['وللكرملين رأي', 'organisations', 'Kremlin'],
    ['مكتب التحقيقات الفدرالي', 'organisations', 'FBI'],
    ['وزارة الخارجيّة الأمريكية', 'organisations', 'US Department of State'],
    ['فيروس واناكراي', 'malware', 'WannaCry'],
    ['برنامج بيغاسوس', 'malware', 'Pegasus'],
    ['عصابة لوك بت', 'actors', 'LockBit'],
    ['مجموعة لازاروس', 'actors', 'Lazarus Group'],
    ['نظام أندرويد', 'products', 'Android'],
    ['Fancy Bear struck', 'actors', 'APT28'],
    ['Midnight Blizzard struck', 'actors', 'APT29'],
    ['Storm-0558 read mail', 'actors', 'Storm-0558'],
    ['the group UNC3886', 'actors', 'UNC3886'],
    ['the LockBit gang said', 'actors', 'LockBit'],
    ['قراصنة إيه.بي.تي28', 'actors', 'APT28'],
    ['the group Storm 1849', 'actors', 'Storm-1849'],
    ['the Blaster worm', 'malware', 'Blaster'],
    ['Netsky-P spreads', 'malware', 'Netsky'],
    ['Cabir.B spreads', 'malware', 'Cabir'],
    ['a Lazarus-linked wallet', 'actors', 'Lazarus Group'],
    ['ثغرة نزيف القلب', 'products', 'Heartbleed'],
    ['LockBit encrypts files', 'malware', 'LockBit'],
    ["M&S's shops", 'organisations', 'Marks & Spencer'],
  ] as const)('%s', (text, kind, name) => {
    expect(names(found(text)[kind])).toContain(name);
  });
});

describe('an ordinary word is no name', () => {
  test.each([
    ['an apple a day'],
    ['children play in the hive'],
    ['the royal family of cuba'],
    ['it is our target'],
  ])('%s', (text) => {
    const { organisations, malware, actors, products } = found(text);
    expect([organisations, malware, actors, products]).toEqual([[], [], [], []]);
  });

  test('but one beside a word for its kind is', () => {
    expect(names(found('the Medusa ransomware').malware)).toEqual(['Medusa']);
    expect(names(found('Medusa by Caravaggio').malware)).toEqual([]);
  });
});

describe('a state is an actor where the text says that it attacks', () => {
  test.each([
    ['hackers linked to Russia stole mail', 'Russia'],
    ['a cyber attack blamed on North Korea', 'North Korea'],
    ['Germany accused Russia of a cyber attack', 'Russia'],
    ['a China-linked group read mail for hackers', 'China'],
    ['hackers working for the Iranian government stole mail', 'Iran'],
    ['Russia is behind the hack, he said', 'Russia'],
    ['Beijing denied the hacking', 'China'],
    ['اتهمت لندن روسيا بشن هجوم إلكتروني', 'Russia'],
    ['واشنطن تتهم إيران بقرصنة بيانات', 'Iran'],
    ['قراصنة تدعمهم الحكومة الروسية اخترقوا الشبكة', 'Russia'],
    ['متسللون إلكترونيون من روسيا اخترقوا الشبكة', 'Russia'],
    ['قال التقرير إن كوريا الشمالية تقف وراء الاختراق', 'North Korea'],
    ['هجمات إلكترونية من قبل موسكو', 'Russia'],
    ['ونفت بكين ضلوعها في الاختراق', 'China'],
  ])('%s', (text, state) => {
    expect(names(found(text).actors)).toEqual([state]);
  });

  test.each([
    ['a hospital in Russia was hacked'],
    ['Russia was hacked by Anonymous Sudan', ['Anonymous Sudan']],
    ['South Korean hackers of toys'],
    // Of a country, and not sent by it.
    ['Chinese hackers stole mail'],
    ['قراصنة إيرانيون اخترقوا الموقع'],
    ['زار وزير الصين القاهرة'],
    ['هجوم إلكتروني على مصرف في روسيا'],
    ['روسيا تصدت لهجوم إلكتروني'],
    ['Germany accused Russia of killing him'],
  ])('%s: not here', (text, others: string[] = []) => {
    expect(names(found(text).actors)).toEqual(others);
  });

  test('every mention of the state is one of the attacker, capital and government too', () => {
    const [russia] = found('اتهمت لندن روسيا بشن هجوم إلكتروني. ورفضت موسكو ذلك').actors;
    expect(russia?.mentions).toEqual(['روسيا', 'موسكو']);
  });
});

describe('a service of a state', () => {
  test('attacks where it does not speak', () => {
    const text = 'The GRU broke into the network of the party';
    expect(names(found(text).actors)).toEqual(['GRU']);
  });

  test('is an organisation where it is the source', () => {
    const { actors, organisations } = found('The FSB said that it arrested hackers');
    expect([names(actors), names(organisations)]).toEqual([[], ['FSB']]);
  });
});

describe('a platform is', () => {
  test.each([
    ['a product where it is a place', 'نشر الصورة على تويتر', 'products', 'Twitter'],
    ['a company where it acts', 'قالت شركة تويتر إنها', 'organisations', 'Twitter'],
    ['a company where it speaks', 'WhatsApp said on Monday', 'organisations', 'WhatsApp'],
  ] as const)('%s', (_case, text, kind, name) => {
    const entities = found(text);
    expect(names(entities[kind])).toEqual([name]);
    expect([...entities.organisations, ...entities.products]).toHaveLength(1);
  });
});

describe('the name of a ransomware is', () => {
  test.each([
    ['a gang where it claims or extorts', 'Akira claimed the attack on its site', ['Akira'], []],
    ['a program where it encrypts', 'Akira encrypted the files of the bank', [], ['Akira']],
    ['a gang in Arabic', 'قالت عصابة أكيرا إنها نشرت الملفات', ['Akira'], []],
    [
      'both where the text says both',
      'The Akira gang will deploy Akira payloads',
      ['Akira'],
      ['Akira'],
    ],
  ])('%s', (_case, text, actors, malware) => {
    expect(names(found(text).actors)).toEqual(actors);
    expect(names(found(text).malware)).toEqual(malware);
  });
});

describe('a name that no list has', () => {
  test.each([
    ['A hacker who goes by "IShAkDz" took credit', 'actors', 'IShAkDz'],
    [
      'a vendor going by the handle of\u00a0 “SunTzu583” sells hacked accounts',
      'actors',
      'SunTzu583',
    ],
    ['The threat actor "BreachParty" sells a database', 'actors', 'BreachParty'],
    ['hacked by a group calling itself the Silver Heron Front', 'actors', 'Silver Heron Front'],
    ['Quixotix has claimed responsibility for the hack', 'actors', 'Quixotix'],
    ['The man, Ivan Testov, 31, was arrested for hacking', 'actors', 'Ivan Testov'],
    ['مجموعة قراصنة تطلق على نفسها اسم "فجر الغد" اخترقت الموقع', 'actors', 'فجر الغد'],
    ['الهاكر «نسر الليل» اخترق الموقع', 'actors', 'نسر الليل'],
    ['a worm called Zibblefix spreads', 'malware', 'Zibblefix'],
    ['the Zibblefix banking trojan spreads', 'malware', 'Zibblefix'],
    ['scanners call it Trojan.Zibble and Worm:Win32/Zibble', 'malware', 'Trojan.Zibble'],
    ['فيروس يعرف باسم "زبلفكس" ينتشر', 'malware', 'زبلفكس'],
    ['malware that steals passwords, dubbed Zibblefix by its finders', 'malware', 'Zibblefix'],
    ['Zibblefix, a fairly standard ransomware package', 'malware', 'Zibblefix'],
    ['Dubbed Zibblefix, the malware steals passwords', 'malware', 'Zibblefix'],
    ['computers infected with Zibblefix', 'malware', 'Zibblefix'],
    ['worms such as Zibblefix', 'malware', 'Zibblefix'],
    ['ZibbleFix Ransomware Takes Down Two Banks', 'malware', 'ZibbleFix'],
    ['دودة Zibblefix الشهيرة', 'malware', 'Zibblefix'],
    ['البرنامج الخبيث الذي يعرف باسم (زبلفكس) انتشر', 'malware', 'زبلفكس'],
    ['برامج ضارة أطلق عليها الباحثون اسم Zibblefix', 'malware', 'Zibblefix'],
    ['كانت وراء هجمات «زبلفكس» الإلكترونية', 'malware', 'زبلفكس'],
  ] as const)('%s', (text, kind, name) => {
    expect(names(found(text)[kind])).toContain(name);
  });

  test.each([
    ['Python-based malware spreads'],
    ['The ransomware gang left. New Android malware spreads'],
    ['an attack by a Chinese hacking group'],
    ['قال "القراصنة" إنهم "خطر"'],
    ['Zibble Labs, a ransomware research company'],
    ['فيروس "فيروس الفدية" وبرامج خبيثة "غير قابلة للإزالة"'],
  ])('%s: no name', (text) => {
    const { actors, malware } = found(text);
    expect([...actors, ...malware]).toEqual([]);
  });
});

describe('an institution whose name says what it is', () => {
  test.each([
    ['قال لوزارة الثقافة السعودية إن', 'وزارة الثقافة السعودية'],
    ['أعلن المركز الوطني لسلامة البيانات ذلك', null],
    ['وأوقفت الشرطة البريطانية رجلا', 'الشرطة البريطانية'],
    ['Wiltshire Police said so', 'Wiltshire Police'],
    ['the University of Texas said so', 'University of Texas'],
    ['bought by Taos Ski Technologies yesterday', 'Taos Ski Technologies'],
    ['The police said so', null],
    ['a bank of the city', null],
  ])('%s', (text, name) => {
    expect(names(found(text).organisations)).toEqual(name === null ? [] : [name]);
  });
});

describe('the other names that a text gives a thing are mentions of it', () => {
  test.each([
    ['ransomware called Zibblefix (aka Grobble) spreads', ['Zibblefix', 'Grobble']],
    ['Zibblefix is also known as Grobble. The Zibblefix worm', ['Zibblefix', 'Grobble']],
    ['فيروس "زبلفكس" (Zibblefix) ينتشر', ['زبلفكس', 'Zibblefix']],
    ['فيروس "زبلفكس" Zibblefix ينتشر', ['زبلفكس', 'Zibblefix']],
  ])('%s', (text, mentions) => {
    expect(found(text).malware.map((name) => name.mentions)).toEqual([mentions]);
  });

  test('under the name that the lists have, if they have one of them', () => {
    const { malware } = found('فيروس "ونا كري العجيب" (WannaCry) ينتشر');
    expect(names(malware)).toEqual(['WannaCry']);
  });
});

describe("the encoder's tags", () => {
  test('add what no list has, as written', () => {
    const { organisations } = extractEntities('Acme Widgets Ltd. was hit', [
      { kind: 'ORGANISATION', text: 'Acme Widgets Ltd', margin: 4 },
    ]);
    expect(organisations).toEqual([{ name: 'Acme Widgets', mentions: ['Acme Widgets Ltd'] }]);
  });

  test('add nothing that the encoder is less sure of than the rule asks', () => {
    const found = (margin: number) =>
      extractEntities(
        'Acme Widgets was hit',
        [{ kind: 'ORGANISATION', text: 'Acme Widgets', margin }],
        { leastMargin: { ACTOR: 0, ORGANISATION: 2, PRODUCT: 0, MALWARE: 0 } },
      ).organisations;
    expect(found(1.9)).toEqual([]);
    expect(names(found(2))).toEqual(['Acme Widgets']);
  });

  test('make a name of an ordinary word that a list has', () => {
    const text = 'Skulls spreads to phones';
    const tag = { kind: 'MALWARE', text: 'Skulls', margin: 2 } as const;
    expect(extractEntities(text, []).malware).toEqual([]);
    expect(names(extractEntities(text, [tag]).malware)).toEqual(['Skulls']);
  });

  test('name a program beside a word that says what it is, however unsure the encoder is', () => {
    const found = (text: string) =>
      extractEntities(text, [{ kind: 'MALWARE', text: 'زبلفكس', margin: 0.1 }], {
        leastMargin: { ACTOR: 99, ORGANISATION: 99, PRODUCT: 99, MALWARE: 99 },
      }).malware;
    expect(names(found('فيروسات مثل زبلفكس'))).toEqual(['زبلفكس']);
    expect(found('زار زبلفكس القاهرة')).toEqual([]);
  });

  test.each([
    ['a fragment', 'وزارة'],
    ['a word of the sentence', 'من'],
    ['a host', 'abta.com'],
    ['what says only what it is', 'Security'],
  ])('%s is no name', (_what, text) => {
    const tag = { kind: 'ORGANISATION', text, margin: 9 } as const;
    expect(extractEntities(`قال ${text} ذلك`, [tag]).organisations).toEqual([]);
  });

  test('lose the conjunction that is written together with them', () => {
    const tag = { kind: 'ORGANISATION', text: 'وSimplii Financial', margin: 9 } as const;
    const { organisations } = extractEntities('قالت وSimplii Financial ذلك', [tag]);
    expect(names(organisations)).toEqual(['Simplii Financial']);
  });

  test('do not tell a known name again under another kind', () => {
    const entities = extractEntities('Microsoft Corp. was hit', [
      { kind: 'PRODUCT', text: 'Microsoft Corp', margin: 4 },
    ]);
    expect(names(entities.organisations)).toEqual(['Microsoft']);
    expect(entities.products).toEqual([]);
  });
});

test.each([
  ['who arrests a hacker', 'Police in Porto Alva have arrested a hacker over a data breach.'],
  ['a word for how sure it is', 'Alleged ransomware boss faces 20 years'],
])('%s is neither an attacker nor a program', (_what, text) => {
  const { actors, malware } = extractEntities(text, []);
  expect([...actors, ...malware]).toEqual([]);
});

test('a person whom the police arrested is an attacker', () => {
  const text = 'John Alva, 34, has been arrested over the hacking of a bank website.';
  expect(names(extractEntities(text, []).actors)).toEqual(['John Alva']);
});
