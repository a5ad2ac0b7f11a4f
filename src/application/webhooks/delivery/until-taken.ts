/** One message tried until its receiver takes it, or its webhook gives up. */
import type { LimitFunction } from 'p-limit';
import type { StandingWebhook } from '../../../domain/webhooks/webhook.js';
import type { Clock } from '../../ports/clock.js';
import type { Position } from '../../ports/event-store.js';
import type { Delivery } from '../../ports/webhook-sender.js';
import { backOffMs } from '../../processes/back-off.js';
import { type Attempt, deliveryText } from '../attempts/attempt.js';
import type { Message } from '../messages/message.js';
import type { WithinBounds } from './semaphores.js';

/** A message on its way. */
export interface Item {
  /** Of the fact that it tells; a signed head has none. */
  readonly position: Position | undefined;
  message: Message;
  readonly lane: string;
  /** Since when it could not be delivered (ISO). */
  failingSince: string | undefined;
  done: boolean;
}

/** What it takes to send. */
export interface TryParts {
  readonly attempt: Attempt;
  readonly withinBounds: WithinBounds;
  readonly own: LimitFunction;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether this process may act now. */
  readonly mayAct: () => boolean;
  /** Records that nothing more is sent; answers whether it is on record. */
  readonly disable: (id: string, reason: 'failing' | 'gone', words: string) => Promise<boolean>;
}

const pace = { firstMs: 5_000, longestMs: 3_600_000 };
/** Whoever may not act looks again whether it may. */
const restMs = 1_000;
const triedForMs = 3 * 86_400_000;
/** Source: RFC 9110, 410 Gone; Standard Webhooks, "Deliverability": the receiver wants no more. */
const gone = 410;

/** After `stopped` no try begins; at `givenUp` the one that is under way ends. */
interface Until {
  readonly stopped: AbortSignal;
  readonly givenUp: AbortSignal;
}

/** Tries until the message is taken, which is true; false when the webhook was disabled or is to stop. */
export async function deliver(
  parts: TryParts,
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
  { attempt, withinBounds, own, mayAct }: TryParts,
  to: { readonly id: string; webhook: StandingWebhook },
  message: Message,
  tries: number,
  { stopped, givenUp }: Until,
): Promise<Delivery | undefined> =>
  withinBounds(to.webhook.organization ?? '', own, async () =>
    stopped.aborted || !mayAct() ? undefined : attempt(to, message, tries, givenUp),
  );

async function givesUp(
  { clock, disable }: TryParts,
  id: string,
  failingSince: string,
  delivery: Delivery,
): Promise<boolean> {
  if (delivery.status === gone) return disable(id, 'gone', `The receiver answered ${gone}: it wants no more.`);
  if (clock.now() - Date.parse(failingSince) < triedForMs) return false;
  const words = `${delivery.type} could not be delivered since ${failingSince}. ${deliveryText(delivery)}`;
  return disable(id, 'failing', words);
}
