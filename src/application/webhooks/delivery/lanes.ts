/** The lanes of one webhook: in each, one message after the other, every one tried until it is taken or the webhook gives up. */
import type { LimitFunction } from 'p-limit';
import type { StandingWebhook } from '../../../domain/webhooks/webhook.js';
import type { Clock } from '../../ports/clock.js';
import type { Position } from '../../ports/event-store.js';
import type { Delivery } from '../../ports/webhook-sender.js';
import { backOffMs } from '../../processes/back-off.js';
import { type Attempt, wordsOf } from '../attempts/attempt.js';
import type { Message } from '../messages/message.js';
import type { InSlot } from './slots.js';

/** A message on its way. */
export interface Item {
  readonly position: Position;
  message: Message;
  readonly lane: string;
  /** Since when it could not be delivered (ISO). */
  failingSince: string | undefined;
  done: boolean;
}

export interface LaneParts {
  readonly attempt: Attempt;
  readonly inSlot: InSlot;
  readonly own: LimitFunction;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether this process may act now. */
  readonly mayAct: () => boolean;
  /** Records that nothing more is sent; answers whether it is on record. */
  readonly disable: (id: string, reason: 'failing' | 'gone', words: string) => Promise<boolean>;
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

const pace = { firstMs: 5_000, longestMs: 3_600_000 };
/** Whoever may not act looks again whether it may. */
const restMs = 1_000;
/** What receivers have not answered so long after a stop is given up, and sent again by whoever delivers next. */
const stopGraceMs = 3_000;
const triedForMs = 3 * 86_400_000;
/** Source: RFC 9110, 410 Gone; Standard Webhooks, "Deliverability": the receiver wants no more. */
const gone = 410;

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

/** After `stopped` no try begins; at `givenUp` the one that is under way ends. */
interface Until {
  readonly stopped: AbortSignal;
  readonly givenUp: AbortSignal;
}

/** Tries until the message is taken, which is true; false when the webhook was disabled or is to stop. */
async function deliver(
  parts: LaneParts,
  to: { readonly id: string; webhook: StandingWebhook },
  item: Item,
  until: Until,
): Promise<boolean> {
  const { clock, random } = parts;
  const signal = until.stopped;
  for (let tries = 1; !signal.aborted; ) {
    const { message } = item;
    const delivery = await tried(parts, to, message, tries, until);
    if (delivery?.outcome === 'delivered') {
      // A newer one took its place meanwhile.
      if (item.message === message) return true;
      tries = 1;
    } else if (delivery === undefined) await clock.wait(restMs, signal);
    else {
      if (signal.aborted) return false;
      item.failingSince ??= delivery.at;
      if (await givesUp(parts, to.id, item.failingSince, delivery)) return false;
      await clock.wait(backOffMs(tries - 1, random, pace), signal);
      tries += 1;
    }
  }
  return false;
}

/** `undefined` where nothing was sent. Whether it may be is asked in its turn, since the wait for that may be long. */
const tried = (
  { attempt, inSlot, own, mayAct }: LaneParts,
  to: { readonly id: string; webhook: StandingWebhook },
  message: Message,
  tries: number,
  { stopped, givenUp }: Until,
): Promise<Delivery | undefined> =>
  inSlot(to.webhook.organization ?? '', own, async () =>
    stopped.aborted || !mayAct() ? undefined : attempt(to, message, tries, givenUp),
  );

async function givesUp(
  { clock, disable }: LaneParts,
  id: string,
  failingSince: string,
  delivery: Delivery,
): Promise<boolean> {
  if (delivery.status === gone) return disable(id, 'gone', `The receiver answered ${gone}: it wants no more.`);
  if (clock.now() - Date.parse(failingSince) < triedForMs) return false;
  const words = `${delivery.type} could not be delivered since ${failingSince}. ${wordsOf(delivery)}`;
  return disable(id, 'failing', words);
}
