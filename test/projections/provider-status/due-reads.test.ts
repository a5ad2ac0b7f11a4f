import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { dueSql } from '../../../src/projections/provider-status/due-reads.js';
import { statuses } from '../../../src/projections/provider-status/provider-status.js';

test('who is due is answered from the index alone, without a look at any row', () => {
  const db = new DatabaseSync(':memory:');
  db.exec(statuses.schema);
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${dueSql}`).all('', 1_000);
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH provider_status USING COVERING INDEX provider_status_due (provider_id>?)',
  ]);
  db.close();
});
