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
    ['عصابة لوك بت', 'actors', 'Lockbit'],
    ['مجموعة لازاروس', 'actors', 'Lazarus Group'],
    ['نظام أندرويد', 'products', 'Android'],
    ['Fancy Bear struck', 'actors', 'APT28'],
    ['Midnight Blizzard struck', 'actors', 'APT29'],
    ['Storm-0558 read mail', 'actors', 'Storm-0558'],
    ['the group UNC3886', 'actors', 'UNC3886'],
    ['the LockBit gang said', 'actors', 'Lockbit'],
    ['LockBit encrypts files', 'malware', 'Lockbit'],
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
    ['Chinese hackers stole mail', 'China'],
    ['hackers linked to Russia stole mail', 'Russia'],
    ['قراصنة إيرانيون اخترقوا الموقع', 'Iran'],
    ['اتهمت لندن روسيا بشن هجوم إلكتروني', 'Russia'],
    ['North Korean hackers stole coins', 'North Korea'],
  ])('%s', (text, state) => {
    expect(names(found(text).actors)).toEqual([state]);
  });

  test.each([
    ['a hospital in Russia was hacked'],
    ['South Korean hackers of toys'],
    ['زار وزير الصين القاهرة'],
  ])('%s: not here', (text) => {
    expect(found(text).actors).toEqual([]);
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

  test('do not tell a known name again under another kind', () => {
    const entities = extractEntities('Microsoft Corp. was hit', [
      { kind: 'PRODUCT', text: 'Microsoft Corp', margin: 4 },
    ]);
    expect(names(entities.organisations)).toEqual(['Microsoft']);
    expect(entities.products).toEqual([]);
  });
});
