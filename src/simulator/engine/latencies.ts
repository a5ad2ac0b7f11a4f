/** How long the simulated AWS takes for things: as slow as a demonstration wants it, or not at all. */
import type { Documents, Latencies } from './core.js';

/** Slow enough to watch, fast enough to wait for. */
export const demoLatencies: Latencies = {
  createAccountMs: 4000,
  roleAssumableMs: 2000,
  servicesReadyMs: 5000,
  propagationMs: 800,
  listLagMs: 500,
  enableRegionMs: 6000,
  callMs: 0,
};

/** Everything is there at once, for tests that are not about waiting. */
export const instantLatencies: Latencies = {
  createAccountMs: 0,
  roleAssumableMs: 0,
  servicesReadyMs: 0,
  propagationMs: 0,
  listLagMs: 0,
  enableRegionMs: 0,
  callMs: 0,
};

/** The latencies in force; they are a document, so that the control API can change them while the simulator runs. */
export function latenciesOf(documents: Documents): Latencies {
  return { ...demoLatencies, ...documents.get<Partial<Latencies>>('latencies', '*', 'latencies') };
}

/** Puts these latencies in force; what had been promised before, such as an account's creation, keeps its time. */
export function setLatencies(documents: Documents, latencies: Latencies): void {
  documents.put('latencies', '*', 'latencies', latencies);
}
