/** Which accounts a rollout takes next, and how many it has brought to the desired state. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Moving, Progress } from '../../domain/hardening/rollout.js';
import { accountInUse } from './account-in-use.js';
import { type HardeningParts, type Histories, heldOf, type KeepHardeningParts } from './hardening-parts.js';

const pageSize = 100;
/** A batch is one fact, whatever the pace. */
const batchAtMost = 50;

type On = Histories & { readonly hardening: Pick<HardeningParts, 'baseline' | 'digestOf' | 'payerRoleOf'> };

/** Whether an account in use is held to less than the desired state of this version. */
export async function isBehind(on: On, id: string): Promise<boolean> {
  const account = await accountInUse(on.streams, id);
  return account !== undefined && (await heldOf(on, on.hardening, account)).behind.length > 0;
}

/**
 * Opens the search for the accounts that are next: the canaries in their order, then all others that are behind in the order
 * of their ids. How far it came is remembered only to save time; before it finds none it has looked from the first on.
 */
export function openBatches(on: KeepHardeningParts) {
  let cursor = '';
  return async (rollout: Moving): Promise<readonly string[]> => {
    if (rollout.state === 'canaries') return rollout.canaries;
    const most = Math.min(batchAtMost, rollout.perHour);
    const from = cursor;
    const found = await behindAfter(on, rollout, from, most);
    const all = found.length === 0 && from !== '' ? await behindAfter(on, rollout, '', most) : found;
    cursor = all.at(-1) ?? '';
    return all;
  };
}

async function behindAfter(on: KeepHardeningParts, { failed }: Progress, after: string, most: number) {
  const found: string[] = [];
  for (let last = after; ; ) {
    const page = on.readModels.inUse(last, pageSize);
    for (const id of page) {
      if (!failed.includes(id) && (await isBehind(on, id))) found.push(id);
      if (found.length >= most) return found;
      await nextTurn();
    }
    if (page.length < pageSize) return found;
    last = page.at(-1) ?? last;
  }
}

/** How many accounts of a rollout are held to the desired state by now: all of its batches but those that are behind. */
export async function countUpgraded(on: On, { batch, before, failed }: Progress): Promise<number> {
  const open = await Promise.all(batch.map((id) => isBehind(on, id)));
  const failedBefore = failed.filter((id) => !batch.includes(id)).length;
  return before - failedBefore + open.filter((isOpen) => !isOpen).length;
}
