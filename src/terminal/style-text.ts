import type { SeverityLevel } from '../domain/severity.ts';

/** SGR codes (ECMA-48): begin and end. The basic colours, which every theme makes readable. */
const STYLES = {
  bold: ['1', '22'],
  dim: ['2', '22'],
  red: ['31', '39'],
  yellow: ['33', '39'],
  blue: ['34', '39'],
  magenta: ['35', '39'],
} as const;

export type Style = keyof typeof STYLES;

export const SEVERITY_STYLE: Record<SeverityLevel, Style> = {
  critical: 'red',
  high: 'magenta',
  medium: 'yellow',
  low: 'blue',
};

export function styleText(text: string, style: Style, colour: boolean): string {
  const [begin, end] = STYLES[style];
  return colour ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
}

/** A text that a terminal opens as a link (OSC 8); terminals that do not know it show the text alone. */
export function hyperlink(text: string, url: string): string {
  return `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
}
