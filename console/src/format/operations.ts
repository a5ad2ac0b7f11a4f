/** What an operator looks after beside halts, from wherever the service tells it. */
import type { Quarantine, Reconciliation } from '../../../src/client/generated/types.gen.js';
import { operationsText as text } from '../text/operations.js';

export interface Anomaly {
  readonly kind: keyof typeof text.anomalyKinds;
  readonly about: string;
  readonly words: string;
  /** The provider that it is about, where that is known. */
  readonly providerId?: string;
  readonly since?: string;
}

const providerIn = (stream: string): string | undefined => /^provider-(.+)$/.exec(stream)?.[1];

const about = (stream: string, revision: number) => {
  const providerId = providerIn(stream);
  return { about: text.atRevision(stream, revision), ...(providerId === undefined ? {} : { providerId }) };
};

/** What stops reads comes first, then what AWS says otherwise, then what somebody decided. */
export const anomaliesIn = ({ items, unreadable }: Quarantine, { last }: Reconciliation): readonly Anomaly[] => [
  ...unreadable.map(({ stream, revision, cause }) => ({
    kind: 'unreadable' as const,
    ...about(stream, revision),
    words: cause,
  })),
  ...(last?.findings ?? []).map(({ payerId, accountId, providerId, words }) => ({
    kind: 'disagreement' as const,
    about: accountId ?? payerId,
    words,
    ...(providerId === undefined ? {} : { providerId }),
    ...(last ? { since: last.finishedAt } : {}),
  })),
  ...items.map(({ stream, fromRevision, reason, since }) => ({
    kind: 'set-aside' as const,
    ...about(stream, fromRevision),
    words: reason,
    since,
  })),
];
