/** XML as AWS writes it: text escaped, members nested in their order, lists as repeated `member` elements. */

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

// XML 1.0 cannot carry these characters at all, not even escaped; a reader would refuse the whole document.
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text that is safe between tags and in a quoted attribute; characters XML cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(unwritable, '\uFFFD').replace(/[&<>"'\r]/g, (character) => escapes[character] ?? character);
}

/** A moment as AWS's XML protocols write it: ISO 8601 in UTC, whole seconds. */
function xmlTimestamp(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/**
 * One element with everything in it, or nothing for `undefined` and `null`.
 * A Date becomes its ISO text, an array one `member` element (or `item`, when given) an entry, a Map one `entry` with
 * `key` and `value` an entry, and an object the elements of its members in their order.
 */
export function xmlElement(name: string, value: unknown, item = 'member'): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${xmlContent(value, item)}</${name}>`;
}

function xmlContent(value: unknown, item: string): string {
  if (value instanceof Date) return xmlTimestamp(value);
  if (Array.isArray(value)) return value.map((entry) => xmlElement(item, entry, item)).join('');
  if (value instanceof Map) {
    return [...value].map(([key, entry]) => xmlElement('entry', { key, value: entry }, item)).join('');
  }
  if (typeof value === 'object' && value !== null) return xmlMembers({ ...value }, item);
  return escapeXml(String(value));
}

/** The elements of an object's members, one after another, without an element around them. */
export function xmlMembers(members: Readonly<Record<string, unknown>>, item = 'member'): string {
  return Object.entries(members)
    .map(([name, value]) => xmlElement(name, value, item))
    .join('');
}
