/** What calls about the log's signed heads and proofs answer with. */
import Type from 'typebox';
import { count, exactly, head, maybe, oneOf, position, text, texts, time } from './shapes.js';

const wholeHead = exactly({ ...head.properties, checkpoint: text });

export const headAnswer = wholeHead;

export const receiptAnswer = exactly({ position, hash: text, leaf: count, proof: texts, head: wholeHead });

export const keysAnswer = exactly({
  origin: text,
  key: text,
  rotations: Type.Array(exactly({ formerKey: text, key: text, statement: text, at: time })),
});

export const consistencyAnswer = exactly({ from: count, to: count, proof: texts });

export const verificationAnswer = exactly({
  verdict: oneOf('matches-head', 'self-consistent', 'gap', 'changed'),
  logId: text,
  events: count,
  leaves: count,
  root: text,
  head: maybe(exactly({ size: count, signature: text })),
  firstBad: maybe(Type.Integer()),
  findings: Type.Array(exactly({ check: text, position: maybe(Type.Integer()), words: text })),
  gaps: Type.Array(exactly({ position: count, knownLog: text, knownEvents: count, missing: count, at: time })),
});
