export interface Entity {
  /** The one form for all languages: `Microsoft` for مايكروسوفت. */
  name: string;
  /** As written in the text, each form once, in order of appearance. */
  mentions: string[];
}

type IndicatorType = 'ip' | 'domain' | 'url' | 'hash' | 'email';

export interface Indicator {
  type: IndicatorType;
  /** Refanged: `evil.example`, not `evil[.]example`. */
  value: string;
}

export interface Entities {
  cves: string[];
  actors: Entity[];
  organisations: Entity[];
  products: Entity[];
  malware: Entity[];
  indicators: Indicator[];
}

export const NO_ENTITIES: Entities = {
  cves: [],
  actors: [],
  organisations: [],
  products: [],
  malware: [],
  indicators: [],
};
