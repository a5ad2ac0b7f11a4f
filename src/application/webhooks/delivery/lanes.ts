/** The lanes of one webhook: in each, one message after the other, every one tried until it is taken or the webhook gives up. */
import type { StandingWebhook } from '../../../domain/webhooks/webhook.js';
import { deliver, type Item, type TryParts } from './until-taken.js';

export interface LaneParts extends TryParts {
  /** Hears of each message that was taken. */
  readonly done: (item: Item) => void;
}

/** What is under way at a stop is given up at once, or receivers get a little time to answer it. */
export type Stop = 'at-once' | 'gently';

export interface Lanes {
  readonly signal: AbortSignal;
  add(item: Item): void;
  /** Begins no further try; resolves when what was under way is over. */
  stop(how: Stop): Promise<void>;
}

/** What receivers have not answered so long after a stop is given up, and sent again by whoever delivers next. */
const stopGraceMs = 3_000;

export function openLanes(parts: LaneParts, to: { readonly id: string; webhook: StandingWebhook }): Lanes {
  const lanes = new Map<string, Item[]>();
  const working = new Set<Promise<void>>();
  const stopping = new AbortController();
  const givingUp = new AbortController();
  const { signal } = stopping;
  const until = { stopped: signal, givenUp: givingUp.signal };

  async function work(name: string, lane: Item[]): Promise<void> {
    for (let item = lane[0]; item; item = lane[0]) {
      if (!(await deliver(parts, to, item, until))) return;
      item.done = true;
      lane.shift();
      parts.done(item);
    }
    lanes.delete(name);
  }

  return {
    signal,
    add(item) {
      const lane = lanes.get(item.lane);
      if (lane) return void lane.push(item);
      const fresh = [item];
      lanes.set(item.lane, fresh);
      const ended: Promise<void> = work(item.lane, fresh).finally(() => working.delete(ended));
      working.add(ended);
    },
    async stop(how) {
      stopping.abort();
      const through = new AbortController();
      // Where another process acts already, what is under way here would be told beside it.
      const graceMs = how === 'gently' && parts.mayAct() ? stopGraceMs : 0;
      void parts.clock.wait(graceMs, through.signal).then(() => givingUp.abort());
      await Promise.all(working);
      through.abort();
    },
  };
}
