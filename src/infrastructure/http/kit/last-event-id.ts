/** Where a reader of server-sent events left off, as a browser says by itself when it comes again. */
import { positionForm, positionWords } from './freshness.js';
import { Problem } from './problems.js';
import type { WireRequest } from './wire.js';

/** The position; `undefined` where none is sent. Throws the problem `invalid`. */
export function lastEventId({ headers }: WireRequest): string | undefined {
  const id = headers['last-event-id'];
  if (id === undefined || id === '') return undefined;
  if (typeof id === 'string' && positionForm.test(id)) return id;
  const wrong = { field: 'Last-Event-ID', problem: 'is no position', allowed: positionWords };
  throw new Problem('invalid', `Last-Event-ID is no position; allowed: ${positionWords}.`, [wrong]);
}
