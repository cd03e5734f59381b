export type Attributes = Record<string, string>;

/** An element as xml2js shapes it: `$` attributes, `_` text, every child name a list. Plain text elements are strings. */
export type XmlNode = string | XmlElement;
export interface XmlElement {
  [name: string]: XmlNode[] | Attributes | string | undefined;
}

/** Readers for nodes in xml2js's shape, as they come back from rss-parser: text, an element, a list of either, or nothing. */

export function textOf(node: unknown): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return textOf(node[0]);
  const text = isElement(node) ? node._ : undefined;
  return typeof text === 'string' ? text : '';
}

export function textsOf(nodes: unknown[] | undefined): string[] {
  return nodes === undefined ? [] : nodes.map(textOf);
}

export function attributeOf(node: unknown, name: string): string {
  const attributes = isElement(node) ? node.$ : undefined;
  const value = isElement(attributes) ? attributes[name] : undefined;
  return typeof value === 'string' ? value : '';
}

export function childElements(node: unknown, name: string): unknown[] {
  const children = isElement(node) ? node[name] : undefined;
  return Array.isArray(children) ? children : [];
}

function isElement(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null;
}
