import { neutraliseControls } from '../language/bidi.ts';

/**
 * Rids what a member typed of characters that show nothing: who copies from Rasid's messages copies the marks that keep a line in
 * order. `packet` is one of the gateway's, of any kind, and is changed in place: the values of a command's options and a form's fields.
 */
export function cleanTyped(packet: unknown): void {
  const { t: event, d: interaction } = asObject(packet);
  if (event !== 'INTERACTION_CREATE') return;
  const { options, components } = asObject(asObject(interaction).data);
  cleanValues(options);
  cleanValues(components);
}

/** Options may have options (a subcommand's), components have components, and a label one component. */
function cleanValues(list: unknown): void {
  if (!Array.isArray(list)) return;
  for (const entry of list.map(asObject)) {
    if (typeof entry.value === 'string') entry.value = neutraliseControls(entry.value);
    cleanValues(entry.options);
    cleanValues(entry.components);
    if (entry.component !== undefined) cleanValues([entry.component]);
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
