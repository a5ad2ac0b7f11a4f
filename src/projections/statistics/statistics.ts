/** `statistics`: how many requests, accounts, refusals and halts there were on each day, and how long each step took. */
import { idIn } from '../../application/streams/aggregates.js';
import { byProvider } from '../engine/fold-providers.js';
import type { Projection } from '../engine/projection.js';
import type { Version } from '../engine/read-model.js';
import { openStates, type StateTable } from '../engine/state-table.js';
import { type CountedProvider, counted, organizationOf } from './fold.js';
import { type StatisticsReads, statisticsReads } from './statistics-reads.js';
import { Gathered, openSums, sumsSchema } from './sums.js';

const table: StateTable<CountedProvider> = {
  table: 'statistics_providers',
  document: 'document',
  together: ({ provider }) => organizationOf(provider),
  settled: () => ({}),
  moving: () => ({}),
};

const sums: Projection = {
  tables: ['statistics_providers', 'statistics_sums'],
  schema: `
    CREATE TABLE IF NOT EXISTS statistics_providers (
      place INTEGER PRIMARY KEY, provider_id TEXT NOT NULL UNIQUE, document TEXT NOT NULL
    );
    ${sumsSchema}`,
  concerns: (stream) => idIn('provider', stream) !== undefined,
  open(db) {
    const states = openStates(db, table);
    const add = openSums(db);
    return {
      fold(events) {
        const gathered = new Gathered();
        for (const [id, facts] of byProvider(events))
          states.change(id, facts[0]?.revision === 0, (stored) => counted(stored, facts, gathered));
        add(gathered, 1);
      },
      forget(stream, events) {
        const gathered = new Gathered();
        for (const facts of byProvider(events).values()) counted(undefined, facts, gathered);
        add(gathered, -1);
        states.remove(idIn('provider', stream) ?? '');
      },
    };
  },
};

export const statistics: Version<StatisticsReads> = {
  version: 1,
  cacheMiB: 32,
  kind: 'folded',
  projections: [sums],
  reads: statisticsReads,
};
