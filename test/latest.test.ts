/** A bounded map behaves like a list of pairs in order of use, whatever is done to it. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Latest } from '../src/application/latest.js';

const key = fc.integer({ min: 0, max: 9 });
const steps = fc.array(
  fc.oneof(
    fc.record({ verb: fc.constant('get' as const), key }),
    fc.record({ verb: fc.constant('set' as const), key, value: fc.integer() }),
    fc.record({ verb: fc.constant('delete' as const), key }),
  ),
);

test('only the latest used are kept, in any history of uses', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), steps, (most, history) => {
      const latest = new Latest<number, number>(most);
      let pairs: (readonly [number, number])[] = [];
      for (const step of history) {
        const found = pairs.find(([known]) => known === step.key);
        if (step.verb === 'get') expect(latest.get(step.key)).toBe(found?.[1]);
        if (step.verb === 'set') latest.set(step.key, step.value);
        if (step.verb === 'delete') latest.delete(step.key);
        const used = step.verb === 'set' ? ([step.key, step.value] as const) : step.verb === 'get' ? found : undefined;
        if (used || step.verb === 'delete') pairs = pairs.filter(([known]) => known !== step.key);
        pairs = [...pairs, ...(used ? [used] : [])].slice(-most);
      }
      for (let each = 0; each <= 9; each++) expect(latest.get(each)).toBe(pairs.find(([known]) => known === each)?.[1]);
    }),
  );
});
