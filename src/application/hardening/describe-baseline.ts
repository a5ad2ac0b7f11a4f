/** Puts the desired state that this version stands for on record, so that a later one can still hold accounts to it. */
import { baselinesId, describeBaseline } from '../../domain/baseline/known-baselines.js';
import { baselines } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import { digestOf } from '../streams/command-digest.js';
import type { Streams } from '../streams/streams.js';
import type { HardeningParts } from './hardening-parts.js';

interface Parts {
  readonly streams: Pick<Streams, 'change'>;
  readonly hardening: Pick<HardeningParts, 'baseline'>;
}

/** Answers with what records it: once, however often it is asked to. */
export function openDescription({ streams, hardening }: Parts): () => Promise<void> {
  const { version: baselineVersion, content } = hardening.baseline;
  const described = { baselineVersion, digest: digestOf(content), content };
  let done: Promise<void> | undefined;
  const record = async (): Promise<void> => {
    const cause = sagaCause(baselinesId, 'DescribeBaseline', described.digest);
    await streams.change(baselines, baselinesId, cause, (known) => describeBaseline(described, known));
  };
  return () => {
    done ??= record().catch((error: unknown) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}
