/** The headers that calls send and answers bear, told once and named by every call that they belong to. */
import { actorWords } from '../kit/acting-person.js';

const text = { type: 'string' };

/** Of answers. */
export const headers = {
  RequestId: { description: 'The trace id of this request.', schema: text },
  RetryAfter: { description: 'After how many seconds it is worth trying again.', schema: text },
  RateLimitLimit: { description: 'How many such calls a minute are allowed.', schema: text },
  RateLimitRemaining: { description: 'How many of them are left.', schema: text },
  RateLimitReset: { description: 'After how many seconds there are more.', schema: text },
  ETag: {
    description:
      'To be sent as If-None-Match with the next read, where that is offered, and as If-Match with a command that is decided on it.',
    schema: text,
  },
  Location: { description: 'Where the new provider is read.', schema: text },
};

/** Of calls. */
export const parameters = {
  XActor: {
    name: 'X-Actor',
    in: 'header',
    required: false,
    description: `For services alone: the person for whom it acts, ${actorWords}. It must be there where a service does what people do.`,
    schema: { type: 'string', pattern: '^[\\x21-\\x3f\\x41-\\x7e]{1,255}$' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description:
      'The ETag of the status that this was decided on, or a position in quotes; refused where a fact came since.',
    schema: text,
  },
  OnlyNew: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: '`*`: nothing is overwritten; refused where it is there already.',
    schema: { type: 'string', enum: ['*'] },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag of an answer that the caller has.',
    schema: text,
  },
};
