/** Names that mean something to every object of this language and nothing to any call; some readers drop them without a word. */
export const reservedNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
