/** What calls about the log's signed heads and proofs answer with. */
import Type from 'typebox';
import { count, exactly, head, maybe, named, oneOf, position, text, texts, time } from './shapes.js';

const wholeHead = named('Head', { ...head.properties, checkpoint: text });

export const headAnswer = wholeHead;

export const receiptAnswer = named('Receipt', { position, hash: text, leaf: count, proof: texts, head: wholeHead });

export const keysAnswer = named('AuditKeys', {
  origin: text,
  key: text,
  rotations: Type.Array(exactly({ formerKey: text, key: text, statement: text, at: time })),
});

export const consistencyAnswer = named('Consistency', { from: count, to: count, proof: texts });

export const verificationAnswer = named('Verification', {
  verdict: oneOf('matches-head', 'self-consistent', 'gap', 'changed'),
  logId: text,
  events: count,
  leaves: count,
  root: text,
  head: maybe(exactly({ size: count, signature: text })),
  firstBad: maybe(Type.Integer()),
  findings: Type.Array(exactly({ check: text, position: maybe(Type.Integer()), words: text })),
  gaps: Type.Array(
    exactly({
      kind: oneOf('loss-accepted', 'continued'),
      position: count,
      knownLog: text,
      knownEvents: count,
      missing: count,
      at: time,
    }),
  ),
});
