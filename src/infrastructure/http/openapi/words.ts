/** What is said of a route beyond what its inputs and its action say: what it is for, what it answers, how it is refused. */
import type { TSchema } from 'typebox';
import type { ProblemCode } from '../kit/problems.js';

/** Answers that are no JSON: server-sent events, a line of JSON for each event, an archive. */
export type OtherMedia = 'text/event-stream' | 'application/x-ndjson' | 'application/zip';

/** What a route is said to be. */
export interface RouteWords {
  /** A unique name of the call, which generated clients use. */
  readonly call: string;
  readonly tag:
    | 'Organizations'
    | 'Catalogue'
    | 'Providers'
    | 'Credentials'
    | 'Audit'
    | 'Payers'
    | 'Webhooks'
    | 'Operations'
    | 'Service';
  readonly summary: string;
  /** What it answers with when it succeeds: the schema of its JSON, or a media type that is no JSON. */
  readonly answer: TSchema | OtherMedia;
  /** What it answers with instead, where that is asked for by `Accept`. */
  readonly or?: OtherMedia;
  /** How it can be refused, beyond what every route of its kind can be refused for. */
  readonly problems?: readonly ProblemCode[];
  /** Whether an Idempotency-Key has a meaning here, and whether it must be there. */
  readonly key?: 'optional' | 'required';
  /** Whether a command with `If-Match` is refused where a fact came since. */
  readonly decidedOn?: true;
  /** Whether a command with `If-None-Match: *` is refused where what it makes is there already. */
  readonly onlyNew?: true;
  /** What it answers with, and 200, where it is asked by `dryRun=true` what it would come to. */
  readonly dryRun?: TSchema;
  /** Whether the answer has an ETag, for a command that is decided on it. */
  readonly tagged?: true;
  /** Whether a read with `If-None-Match` may be answered with 304. */
  readonly conditional?: true;
}

/** How any command on a stream can be refused. */
export const command = ['not-found', 'wrong-stage', 'quarantined', 'conflict', 'idempotency-key-reused'] as const;
