/** Lets only the named fields of a line out, each as a value of its own kind, with secrets inside texts masked. */
import { types } from 'node:util';
import { maskedText } from '../../application/masked.js';
import { type FieldKind, type LogFacts, logFields } from '../../application/ports/log-fields.js';

/** What stands in place of a value that is of another kind than its field. */
const notTold = '[masked]';

const kinds: ReadonlyMap<string, FieldKind> = new Map(Object.entries(logFields));

/** The facts as they may be written; `dropped` counts those under names that nobody allowed, for a name may be a secret too. */
export function allowedFields(facts: LogFacts): object {
  const allowed: Record<string, unknown> = {};
  let dropped = 0;
  for (const field in facts) {
    const value = facts[field as keyof LogFacts];
    const kind = kinds.get(field);
    if (kind === undefined) dropped += 1;
    else if (value !== undefined) allowed[field] = written[kind](value);
  }
  if (dropped > 0) allowed.dropped = dropped;
  return allowed;
}

const written: Readonly<Record<FieldKind, (value: unknown) => unknown>> = {
  text: (value) => (typeof value === 'string' ? maskedText(value) : notTold),
  texts: (value) => (Array.isArray(value) ? value.map((each) => written.text(each)) : notTold),
  number: (value) => (typeof value === 'number' ? value : notTold),
  flag: (value) => (typeof value === 'boolean' ? value : notTold),
  error: (value) => errorTold(value, 0),
};

const mostCauses = 4;

/** The members that every error has and no other: what a library adds may be what was sent. */
function errorTold(error: unknown, depth: number): unknown {
  if (!types.isNativeError(error)) return written.text(error);
  const { name, message, stack, cause } = error;
  const told = { name: written.text(name), message: written.text(message), stack: maskedText(stack ?? '') };
  return cause === undefined || depth >= mostCauses ? told : { ...told, cause: errorTold(cause, depth + 1) };
}
