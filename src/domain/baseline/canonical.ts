/** Plain JSON values and the one text that stands for a value, so that equal values have equal texts. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export const isRecord = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Canonical JSON (RFC 8785): members in the order of their names, no white space. Numbers are safe integers. */
export function textOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${textOf(value[name] ?? null)}`).join(',')}}`;
}
