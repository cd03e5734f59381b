import { findKnownNames } from './known-names.ts';

/** Numbered names, which grow faster than any list. Each match is its own canonical form, in capitals. */
const NUMBERED =
  /\b(?:APT[- ]?C?[- ]?\d{1,3}|UNC\d{3,5}|(?:Storm|STORM)[- ]\d{4}|DEV-\d{4}|FIN\d{1,2}|TA\d{3,4}|UAT-\d{4}|UAC-\d{4}|TAG-\d{2,3}|CL-(?:STA|CRI|UNK)-\d{4}|UTA\d{4}|GTG-\d{4}|TGR-STA-\d{4}|Hive\d{4}|LARVA-\d{2,3}|REF\d{4}|CTG-\d{4}|TG-\d{4}|ITG\d{2})\b/gu;
/** APT spelt out: إيه بي تي 28, إيه.بي.تي28. */
const ARABIC_APT = /(?:[إأآا]يه?)[\s.-]?بي[\s.-]?تي[\s.-]?(\d{1,3})(?!\d)/gu;

/** The numbered actors of a text, known ones under their usual name. */
export function findNumberedActors(text: string): { name: string; mention: string }[] {
  return [
    ...Array.from(text.matchAll(NUMBERED), ([mention]) => ({
      name: canonical(
        mention
          .toUpperCase()
          .replace(/^STORM[- ]/u, 'Storm-')
          .replace(/^APT[- ](?=\d)/u, 'APT'),
      ),
      mention,
    })),
    ...Array.from(text.matchAll(ARABIC_APT), ([mention, number = '']) => ({
      name: canonical(`APT${number}`),
      mention,
    })),
  ];
}

function canonical(name: string): string {
  return findKnownNames(name)[0]?.name ?? name;
}
