/** A whole comparison of history with AWS's lists, in one go. */
import type { Listing, RecordedProvider } from '../../src/domain/reconciliation/accounts.js';
import {
  openComparison,
  type Premises,
  sightingsIn,
  unreadablePayers,
} from '../../src/domain/reconciliation/reconciliation.js';

/** What is found; nobody is set aside unless it is said. */
export function compared(
  recorded: readonly RecordedProvider[],
  listings: readonly Listing[],
  more: Partial<Premises> = {},
) {
  const emailPattern = 'aws+{token}@vend.example';
  const at = '2026-11-24T12:00:00.000Z';
  const comparison = openComparison({ isSetAside: () => false, listings, emailPattern, at, ...more });
  for (const sighting of sightingsIn(listings)) comparison.takeIn(sighting);
  const each = recorded.map(comparison.compare);
  const left = [...comparison.left()].flat();
  return {
    findings: [...unreadablePayers(listings), ...each.flatMap(({ findings }) => findings), ...left],
    states: each.flatMap(({ states }) => states),
  };
}
