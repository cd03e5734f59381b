import type { APIMessageTopLevelComponent } from 'discord.js';
import { ComponentType } from 'discord.js';

/** Discord's limits on one message of components (developer documentation, "Component Reference" and "Create Message"). */
const MAX_COMPONENTS = 40;
export const MAX_TEXT = 4_000;
export const MAX_CHOICES = 25;
export const MAX_CHOICE_LENGTH = 100;

interface Sizes {
  components: number;
  /** UTF-16 units over all text displays. */
  text: number;
}

/** What Discord counts against its limits: every component, nested ones and accessories included. */
function measureComponents(components: APIMessageTopLevelComponent[]): Sizes {
  const total: Sizes = { components: 0, text: 0 };
  const visit = (component: object): void => {
    total.components += 1;
    if ('content' in component && typeof component.content === 'string' && isText(component)) {
      total.text += component.content.length;
    }
    if ('components' in component && Array.isArray(component.components)) {
      component.components.forEach(visit);
    }
    if ('accessory' in component && typeof component.accessory === 'object') {
      visit(component.accessory ?? {});
    }
  };
  components.forEach(visit);
  return total;
}

function isText(component: object): boolean {
  return 'type' in component && component.type === ComponentType.TextDisplay;
}

export function fitsLimits(components: APIMessageTopLevelComponent[]): boolean {
  const size = measureComponents(components);
  return size.components <= MAX_COMPONENTS && size.text <= MAX_TEXT;
}
