/** An event store in ten lines, and the claim that a real one does the same. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { RevisionConflict } from '../../../../src/application/ports/event-store-errors.js';
import { drafts } from '../../../support/events.js';
import { restOf } from '../../../support/following.js';
import type { OpenNew } from '../contract.js';

interface Step {
  readonly stream: string;
  /** The expected revision, as a distance from the actual one. */
  readonly off: number;
  readonly names: readonly string[];
}

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.constantFrom('provider-a', 'provider-b', 'access-a'),
  off: fc.constantFrom(0, 0, 0, -1, 1),
  names: fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 3 }),
});

/** Groups of appends that are sent at once; each group is awaited before the next. */
const series = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 6 });

/** Runs random series of appends against a store and against lists of names; answers, streams and log must agree. */
export async function appendsLikeAModel(open: OpenNew): Promise<void> {
  await fc.assert(
    fc.asyncProperty(series, async (groups) => {
      const { store, dispose } = await open();
      const streams = new Map<string, string[]>();
      for (const group of groups) {
        const expected: boolean[] = [];
        const appends = group.map(({ stream, off, names }) => {
          const known = streams.get(stream) ?? [];
          expected.push(off === 0);
          const append = store.append(stream, known.length - 1 + off, drafts(...names));
          if (off === 0) streams.set(stream, [...known, ...names]);
          return append;
        });
        const answers = await Promise.allSettled(appends);
        expect(answers.map(({ status }) => status === 'fulfilled')).toEqual(expected);
        for (const answer of answers)
          if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(RevisionConflict);
      }
      const nameOf = (recorded: object) => ('event' in recorded ? (recorded.event as { name: string }).name : recorded);
      const log = await restOf(store);
      expect(log).toHaveLength([...streams.values()].flat().length);
      for (const [stream, names] of streams) {
        expect((await store.read(stream)).map(nameOf)).toEqual(names);
        expect(log.filter((recorded) => recorded.stream === stream).map(nameOf)).toEqual(names);
      }
      // A run of many examples must not leave a log open for each.
      await dispose();
    }),
    { numRuns: 25 },
  );
}
