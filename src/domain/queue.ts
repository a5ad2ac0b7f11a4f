/** Who gets the next free slot at which payer: fair over organizations, and only where there is room. */

/** A provider that waits for a payer. */
export interface Waiting {
  readonly providerId: string;
  readonly organization: string;
  readonly territory: string;
  /** ISO time since when it waits. */
  readonly since: string;
  /** The payer whose slot it waits for since its creation was resumed; `null` when any of its territory will do. */
  readonly returnsTo: string | null;
}

/** What a payer can take now. */
export interface PayerRoom {
  readonly payerId: string;
  readonly territories: readonly string[];
  readonly creationsAtOnce: number;
  readonly accountsAllowed: number;
  /** Creations that hold a slot now. */
  readonly creating: number;
  /** Accounts that the payer holds already. */
  readonly accounts: number;
  /** Places kept for creations that have halted or wait to go on, for their accounts may exist. */
  readonly kept: number;
}

export interface Allotment {
  readonly providerId: string;
  readonly payerId: string;
}

/** Why a provider that was not allotted a payer waits. */
export type WaitReason = 'slot-awaited' | 'payer-full';

/**
 * The waiting providers in the order in which they are served: round robin over organizations, each organization's own
 * in order of arrival; an organization with fewer creations under way (`busy`) comes first.
 */
export function servingOrder(waiting: readonly Waiting[], busy: Readonly<Record<string, number>>): readonly Waiting[] {
  const turns = new Map<string, number>(Object.entries(busy));
  const arrived = [...waiting].sort(byArrival).map((each) => {
    const turn = turns.get(each.organization) ?? 0;
    turns.set(each.organization, turn + 1);
    return { each, turn };
  });
  return arrived.sort((a, b) => a.turn - b.turn || byArrival(a.each, b.each)).map(({ each }) => each);
}

/** Everybody who waits, in serving order, and where each stands. */
export interface Line {
  readonly order: readonly Waiting[];
  /** How many are served before this provider; `undefined` when it does not wait. */
  ahead(providerId: string): number | undefined;
}

/** Puts those who wait in serving order, once for any number of questions. */
export function lineUp(waiting: readonly Waiting[], busy: Readonly<Record<string, number>>): Line {
  const order = servingOrder(waiting, busy);
  const places = new Map(order.map(({ providerId }, place) => [providerId, place]));
  return { order, ahead: (providerId) => places.get(providerId) };
}

const byArrival = (a: Waiting, b: Waiting): number =>
  a.since < b.since ? -1 : a.since > b.since ? 1 : a.providerId < b.providerId ? -1 : 1;

/** Gives each provider, in serving order, the fitting payer with the most free slots; those without are left out. */
export function allot(order: readonly Waiting[], payers: readonly PayerRoom[]): readonly Allotment[] {
  const rooms = new Map(payers.map((payer) => [payer.payerId, payer]));
  let left = payers.reduce((sum, payer) => sum + Math.max(payer.creationsAtOnce - payer.creating, 0), 0);
  return order.flatMap((each) => {
    if (left === 0) return [];
    const free = (payer: PayerRoom): number =>
      Math.min(payer.creationsAtOnce - payer.creating, placesLeft(each, payer) - payer.creating);
    const fitting = [...rooms.values()].filter((payer) => isFor(each, payer) && free(payer) > 0);
    const best = fitting.reduce<PayerRoom | undefined>((a, b) => (a && free(a) >= free(b) ? a : b), undefined);
    if (!best) return [];
    left -= 1;
    const { payerId, creating, kept } = best;
    rooms.set(payerId, { ...best, creating: creating + 1, kept: each.returnsTo === null ? kept : kept - 1 });
    return [{ providerId: each.providerId, payerId }];
  });
}

/** Whether the payer is one that this provider may be given. */
export const isFor = (
  { returnsTo, territory }: Pick<Waiting, 'returnsTo' | 'territory'>,
  { payerId, territories }: Pick<PayerRoom, 'payerId' | 'territories'>,
): boolean => (returnsTo === null ? territories.includes(territory) : payerId === returnsTo);

/** How many accounts the payer may still get, creations under way included; who returns finds its own place kept. */
const placesLeft = ({ returnsTo }: Waiting, { accountsAllowed, accounts, kept }: PayerRoom): number =>
  accountsAllowed - accounts - kept + (returnsTo === null ? 0 : 1);

/** Whether a provider waits for a slot that will come free by itself, or for room that only an operator can make. */
export function waitReason(waiting: Waiting, payers: readonly PayerRoom[]): WaitReason {
  // A creation under way may fail and leave its place to another.
  const roomy = payers.some((payer) => isFor(waiting, payer) && placesLeft(waiting, payer) > 0);
  return roomy ? 'slot-awaited' : 'payer-full';
}
