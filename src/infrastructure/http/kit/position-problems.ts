/** What is answered to a position that is none of this log's: of a log that this one goes on with, how to go on; of any other, that it is wrong. */
import type { Position } from '../../../application/ports/event-store.js';
import type { UnknownPosition } from '../../../application/ports/event-store-errors.js';
import { logOf } from '../../../application/streams/former-logs.js';
import { Problem } from './problems.js';

/** A position that is none of this log's, with the input that it came in. */
export class WrongPosition extends Error {
  readonly position: Position | undefined;

  constructor(
    readonly field: string,
    cause: UnknownPosition,
  ) {
    super(cause.message, { cause });
    this.position = cause.position;
  }
}

/** What to do instead, by the input in which a position of a former log came. */
const waysOn: Readonly<Record<string, string>> = {
  minPosition: 'Send the read again without it: whatever that log held is here.',
  at: 'Ask with the time of the fact, or with its new position, which GET /v1/providers/{id}/history tells; its id is the same.',
  after: 'Begin again without it, and pass over the facts whose id you have already.',
  'Last-Event-ID': 'Begin again without it, and pass over the facts whose id you have already.',
  cursor: 'Begin again with the first page.',
  position: 'Ask with its new position, which GET /v1/providers/{id}/history tells; the id of the fact is the same.',
  'If-Match': 'Read it again, and decide anew.',
};

/** The problem to answer with. */
export function positionProblem(
  field: string,
  position: Position | undefined,
  formerLogs: ReadonlySet<string>,
): Problem {
  const log = position === undefined ? '' : logOf(position);
  if (!formerLogs.has(log))
    return new Problem('invalid', `${field}: this position is none of this log's.`, [
      { field, problem: "is none of this log's positions", allowed: 'a position from an answer of this service' },
    ]);
  const wayOn = waysOn[field] ?? waysOn.position;
  return new Problem(
    'former-log',
    `${field}: this position is of the log ${log}, which was moved. This log goes on with its facts, at new positions. ${wayOn}`,
    [{ field, problem: 'is a position of a log that was moved', allowed: 'a position from an answer since then' }],
  );
}
