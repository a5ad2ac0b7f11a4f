/** Reads the small XML documents of S3 requests into plain trees; what is not plain XML is refused as malformed. */
import { malformedXml } from './errors.js';

/** Text, or the child elements by name; children of the same name make a list. */
export type XmlTree = string | { readonly [name: string]: XmlTree | readonly XmlTree[] };

interface Cursor {
  readonly text: string;
  at: number;
}

/**
 * The root element's name and content. Attributes are skipped, for S3's documents only carry their namespace in them;
 * comments, CDATA and document types do not occur and are refused.
 * @throws MalformedXML
 */
export function readXml(text: string): { readonly root: string; readonly content: XmlTree } {
  const cursor = { text, at: 0 };
  skipSpace(cursor);
  if (text.startsWith('<?xml', cursor.at)) through(cursor, '?>');
  skipSpace(cursor);
  const { name, content } = element(cursor);
  skipSpace(cursor);
  if (cursor.at !== text.length) throw malformedXml();
  return { root: name, content };
}

interface Element {
  readonly name: string;
  readonly content: XmlTree;
}

function element(cursor: Cursor): Element {
  if (cursor.text[cursor.at] !== '<') throw malformedXml();
  const inside = through(cursor, '>').slice(1, -1);
  const closed = inside.endsWith('/');
  const name = /^[A-Za-z_][\w.:-]*/.exec(inside)?.[0];
  if (!name) throw malformedXml();
  return { name, content: closed ? '' : contentOf(cursor, name) };
}

function contentOf(cursor: Cursor, name: string): XmlTree {
  const children: Element[] = [];
  let words = '';
  const end = `</${name}`;
  for (;;) {
    words += textUntilTag(cursor);
    if (cursor.text.startsWith(end, cursor.at)) {
      if (through(cursor, '>').slice(end.length, -1).trim() !== '') throw malformedXml();
      break;
    }
    children.push(element(cursor));
  }
  if (children.length === 0) return unescaped(words);
  if (words.trim() !== '') throw malformedXml();
  return grouped(children);
}

function grouped(children: readonly Element[]): XmlTree {
  const groups = new Map<string, XmlTree[]>();
  for (const { name, content } of children) groups.set(name, [...(groups.get(name) ?? []), content]);
  return Object.fromEntries(
    [...groups].map(([name, contents]) => [name, contents.length === 1 ? (contents[0] ?? '') : contents]),
  );
}

function textUntilTag(cursor: Cursor): string {
  const end = cursor.text.indexOf('<', cursor.at);
  if (end < 0) throw malformedXml();
  const words = cursor.text.slice(cursor.at, end);
  cursor.at = end;
  return words;
}

/** Everything up to and including a mark, which the cursor passes. */
function through(cursor: Cursor, mark: string): string {
  const found = cursor.text.indexOf(mark, cursor.at);
  if (found < 0) throw malformedXml();
  const passed = cursor.text.slice(cursor.at, found + mark.length);
  cursor.at = found + mark.length;
  return passed;
}

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? '')) cursor.at += 1;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&([^;]*);?/g, (_whole, entity: string) => {
    const code = /^#(?:x([\da-f]+)|(\d+))$/i.exec(entity);
    const point = code ? Number.parseInt(code[1] ?? code[2] ?? '', code[1] ? 16 : 10) : undefined;
    const character = point === undefined ? named[entity] : pointText(point);
    if (character === undefined) throw malformedXml();
    return character;
  });
}

const pointText = (point: number): string | undefined => (point <= 0x10ffff ? String.fromCodePoint(point) : undefined);

/** A child's text; `undefined` when there is none. */
export function textIn(tree: XmlTree, name: string): string | undefined {
  const child = childrenIn(tree, name)[0];
  return typeof child === 'string' ? child : undefined;
}

/** All children of a name. */
export function childrenIn(tree: XmlTree | undefined, name: string): readonly XmlTree[] {
  if (tree === undefined || typeof tree === 'string') return [];
  const child = tree[name];
  if (child === undefined) return [];
  return isList(child) ? child : [child];
}

const isList = (value: XmlTree | readonly XmlTree[]): value is readonly XmlTree[] => Array.isArray(value);
