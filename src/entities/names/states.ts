/** A state as texts name it; forms as `normaliseForMatching` gives them, without clitics and, in `people`, without the article. */
export interface State {
  name: string;
  /** The state or its capital: `Russia`, موسكو. */
  country: string[];
  /** Who or what is of that state: `Russian`, روس. */
  people: string[];
}

/** States that the news names as attackers. */
export const STATES: State[] = [
  {
    name: 'Russia',
    country: ['russia', 'moscow', 'kremlin', 'روسيا', 'موسكو', 'الكرملين'],
    people: ['russian', 'russians', 'روسي', 'روسيه', 'روس', 'روسيين', 'روسيان'],
  },
  {
    name: 'China',
    country: ['china', 'beijing', 'الصين', 'بكين', 'بيجين'],
    people: ['chinese', 'صيني', 'صينيه', 'صينيين', 'صينيون', 'صينيان'],
  },
  {
    name: 'Iran',
    country: ['iran', 'tehran', 'ايران', 'طهران'],
    people: ['iranian', 'iranians', 'ايراني', 'ايرانيه', 'ايرانيين', 'ايرانيون'],
  },
  {
    name: 'North Korea',
    country: [
      'north korea',
      'pyongyang',
      'dprk',
      'كوريا الشماليه',
      'بيونغ يانغ',
      'بيونغيانغ',
      'بيونج يانج',
      'بيونجيانج',
    ],
    people: [
      'north korean',
      'north koreans',
      'كوري شمالي',
      'كوريه شماليه',
      'كوريين شماليين',
      'كوريون شماليون',
    ],
  },
  {
    name: 'Israel',
    country: ['israel', 'اسراييل', 'تل ابيب'],
    people: ['israeli', 'israelis', 'اسراييلي', 'اسراييليه', 'اسراييليين', 'اسراييليون'],
  },
  {
    name: 'United States',
    country: ['united states', 'washington', 'الولايات المتحده', 'واشنطن', 'امريكا', 'اميركا'],
    people: ['american', 'americans', 'امريكي', 'امريكيه', 'اميركي', 'اميركيه'],
  },
  {
    name: 'Turkey',
    country: ['turkey', 'ankara', 'تركيا', 'انقره'],
    people: ['turkish', 'تركي', 'تركيه', 'اتراك'],
  },
  {
    name: 'Ukraine',
    country: ['ukraine', 'kyiv', 'kiev', 'اوكرانيا', 'كييف'],
    people: ['ukrainian', 'ukrainians', 'اوكراني', 'اوكرانيه', 'اوكرانيين', 'اوكرانيون'],
  },
  {
    name: 'Syria',
    country: ['syria', 'damascus', 'سوريا', 'سوريه', 'دمشق'],
    people: ['syrian', 'syrians', 'سوري', 'سوريين', 'سوريون'],
  },
  {
    name: 'Pakistan',
    country: ['pakistan', 'islamabad', 'باكستان', 'اسلام اباد'],
    people: ['pakistani', 'باكستاني', 'باكستانيه', 'باكستانيين', 'باكستانيون'],
  },
  {
    name: 'India',
    country: ['india', 'new delhi', 'الهند', 'نيودلهي'],
    people: ['indian', 'هندي', 'هنديه', 'هنود'],
  },
  {
    name: 'Vietnam',
    country: ['vietnam', 'hanoi', 'فيتنام', 'هانوي'],
    people: ['vietnamese', 'فيتنامي', 'فيتناميه', 'فيتناميين'],
  },
  {
    name: 'Saudi Arabia',
    country: ['saudi arabia', 'riyadh', 'السعوديه', 'الرياض'],
    people: ['saudi', 'saudis'],
  },
  {
    name: 'United Arab Emirates',
    country: ['united arab emirates', 'uae', 'abu dhabi', 'الامارات', 'ابو ظبي', 'ابوظبي'],
    people: ['emirati', 'اماراتي', 'اماراتيه', 'اماراتيين'],
  },
  {
    name: 'United Kingdom',
    country: ['united kingdom', 'britain', 'بريطانيا', 'لندن'],
    people: ['british', 'بريطاني', 'بريطانيه'],
  },
  {
    name: 'Belarus',
    country: ['belarus', 'minsk', 'بيلاروسيا', 'بيلاروس', 'مينسك'],
    people: ['belarusian', 'بيلاروسي', 'بيلاروسيه'],
  },
];
