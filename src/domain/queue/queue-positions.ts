/** Where everybody in the queue stands: how many are served before, among those who compete for the same payers. */
import { isFor, type PayerCapacity, type Queue, servingOrder, type Waiting, wish } from './queue.js';

/** A payer, whatever room it has. */
export interface Serving extends Pick<PayerCapacity, 'territories'> {
  readonly id: string;
}

export interface Line {
  /** Everybody, those first before whom the fewest are served. */
  readonly order: readonly Waiting[];
  /** How many are served before this provider; `undefined` when it does not wait. */
  ahead(providerId: string): number | undefined;
}

/** Puts those who wait in serving order, once for any number of questions. */
export function lineUp({ waiting, share }: Queue, payers: readonly Serving[]): Line {
  const places = new Map<string, number>();
  for (const { wishes, rivals } of contests(waiting, payers)) {
    const order = servingOrder({ waiting: waiting.filter((each) => rivals.has(wish(each))), share });
    for (const [place, each] of order.entries()) if (wishes.has(wish(each))) places.set(each.providerId, place);
  }
  const placed = waiting.map((each) => ({ each, place: places.get(each.providerId) ?? 0 }));
  return {
    order: placed.sort((a, b) => a.place - b.place).map(({ each }) => each),
    ahead: (providerId) => places.get(providerId),
  };
}

/** Wishes that have the same rivals, themselves included. */
interface Contest {
  readonly wishes: ReadonlySet<string>;
  readonly rivals: ReadonlySet<string>;
}

function contests(waiting: readonly Waiting[], payers: readonly Serving[]): readonly Contest[] {
  const wishes = [...new Map(waiting.map((each) => [wish(each), each]))].map(([name, each]) => ({
    name,
    payers: payers.filter(({ id: payerId, territories }) => isFor(each, { payerId, territories })),
  }));
  const fought = wishes.map(({ name, payers: own }) => ({
    name,
    rivals: wishes.filter((other) => other.name === name || other.payers.some((payer) => own.includes(payer))),
  }));
  return [...Map.groupBy(fought, ({ rivals }) => rivals.map(({ name }) => name).join('\n')).values()].map((same) => ({
    wishes: new Set(same.map(({ name }) => name)),
    rivals: new Set(same.flatMap(({ rivals }) => rivals.map(({ name }) => name))),
  }));
}
