import { createNameFinder, type ListKind } from './find-names.ts';
import { CRIME_ACTORS } from './names/actors-crime.ts';
import { ESPIONAGE_ACTORS } from './names/actors-espionage.ts';
import { AUTHORITIES } from './names/authorities.ts';
import { COMPANIES } from './names/companies.ts';
import { FLAWS } from './names/flaws.ts';
import { MALWARE_A_TO_F } from './names/malware-a-f.ts';
import { MALWARE_G_TO_P } from './names/malware-g-p.ts';
import { MALWARE_Q_TO_Z } from './names/malware-q-z.ts';
import { ORGANISATIONS } from './names/organisations.ts';
import type { KnownName } from './names/parse-names.ts';
import { PLATFORMS } from './names/platforms.ts';
import { PRODUCTS } from './names/products.ts';
import { RANSOMWARE_BRANDS } from './names/ransomware.ts';
import { SECURITY_FIRMS } from './names/security-firms.ts';
import { STATE_SERVICES } from './names/state-services.ts';

export const KNOWN_NAMES: { kind: ListKind; names: KnownName[] }[] = [
  { kind: 'actors', names: ESPIONAGE_ACTORS },
  { kind: 'actors', names: CRIME_ACTORS },
  { kind: 'brands', names: RANSOMWARE_BRANDS },
  { kind: 'malware', names: MALWARE_A_TO_F },
  { kind: 'malware', names: MALWARE_G_TO_P },
  { kind: 'malware', names: MALWARE_Q_TO_Z },
  { kind: 'services', names: STATE_SERVICES.flatMap(({ names }) => names) },
  { kind: 'organisations', names: ORGANISATIONS },
  { kind: 'organisations', names: SECURITY_FIRMS },
  { kind: 'organisations', names: COMPANIES },
  { kind: 'organisations', names: AUTHORITIES },
  { kind: 'platforms', names: PLATFORMS },
  { kind: 'products', names: PRODUCTS },
  { kind: 'products', names: FLAWS },
];

/** Finds every name of the lists in a text. */
export const findKnownNames = createNameFinder(KNOWN_NAMES);

/** Whether the lists have this name, as one of its forms in either language. */
export function isKnownName(name: string): boolean {
  return findKnownNames(name, undefined, true).some(({ mention }) => mention === name);
}
