/** Semaphores over the requests under way: of one webhook, of one subscriber, and of all, so that no receiver holds up others. */
import pLimit, { type LimitFunction } from 'p-limit';

const atOnce = 64;
const atOnceOfOwner = 8;
export const atOnceOfWebhook = 4;

/** Does work within the bounds of a webhook, then of its owner, then of all. */
export type WithinBounds = <T>(owner: string, own: LimitFunction, work: () => Promise<T>) => Promise<T>;

export function openSemaphores(): WithinBounds {
  const overall = pLimit(atOnce);
  const owners = new Map<string, LimitFunction>();
  return (owner, own, work) =>
    own(async () => {
      const ofOwner = owners.get(owner) ?? pLimit(atOnceOfOwner);
      owners.set(owner, ofOwner);
      try {
        return await ofOwner(() => overall(work));
      } finally {
        if (ofOwner.activeCount + ofOwner.pendingCount === 0) owners.delete(owner);
      }
    });
}
