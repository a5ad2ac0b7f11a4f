/**
 * Names that mean something to every object of this language and nothing to any call. Some readers drop them without a word, and
 * take a member with such a name for one that is known.
 */
export const reservedNames: ReadonlySet<string> = new Set([
  'prototype',
  ...Object.getOwnPropertyNames(Object.prototype),
]);
