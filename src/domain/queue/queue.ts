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
export interface PayerCapacity {
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

/** What an organization has of the slots. */
export interface Share {
  /** Its creations that hold a slot now. */
  readonly creating: number;
  /** When it was last given a slot: a number that grows from one to the next, 0 while it never was. */
  readonly lastTurn: number;
}

/** Those who wait, in order of arrival, and what their organizations have. */
export interface Queue {
  readonly waiting: readonly Waiting[];
  share(organization: string): Share;
}

/** The waiting providers in the order in which they would be served if one payer could take them all. */
export function servingOrder(queue: Queue): readonly Waiting[] {
  return takeTurns(queue, ({ line }) => line.next().value);
}

/**
 * Gives free slots away: whose turn it is gets, for the first of its own that any payer can take now, the fitting payer
 * with the most free slots. Who finds none uses up no turn of its organization.
 */
export function allot(queue: Queue, payers: readonly PayerCapacity[]): readonly Allotment[] {
  const rooms = new Map(payers.map((payer) => [payer.payerId, payer]));
  let left = payers.reduce((sum, payer) => sum + Math.max(payer.creationsAtOnce - payer.creating, 0), 0);
  // Room only gets less meanwhile, so whoever waits for the same finds none either.
  const without = new Set<string>();
  return takeTurns(queue, ({ line }) => {
    while (left > 0) {
      const { value: each, done } = line.next();
      if (done) return undefined;
      const best = without.has(wish(each)) ? undefined : roomiest(each, rooms.values());
      if (!best) {
        without.add(wish(each));
        continue;
      }
      left -= 1;
      const { payerId, creating, kept } = best;
      rooms.set(payerId, { ...best, creating: creating + 1, kept: each.returnsTo === null ? kept : kept - 1 });
      return { providerId: each.providerId, payerId };
    }
    return undefined;
  });
}

/** An organization with those of its own who wait, in order of arrival. */
interface Claim extends Share {
  readonly line: Iterator<Waiting, undefined>;
}

/**
 * Lets organizations take turns until none takes any more: who has the fewest creations under way comes first, among
 * equals who was served longest ago, then who has waited longest. Who takes a turn has one creation more, and was served
 * after all others.
 */
function takeTurns<T>(queue: Queue, take: (claim: Claim) => T | undefined): readonly T[] {
  const claims = claimsOf(queue).sort((a, b) => a.creating - b.creating || a.lastTurn - b.lastTurn);
  const taken: T[] = [];
  let round: readonly Claim[] = [];
  for (let creating = 0, joined = 0; joined < claims.length || round.length > 0; creating++) {
    const joining = claims.slice(joined).filter((claim) => claim.creating === creating);
    joined += joining.length;
    round = [...joining, ...round].filter((claim) => {
      const turn = take(claim);
      if (turn !== undefined) taken.push(turn);
      return turn !== undefined;
    });
  }
  return taken;
}

function claimsOf({ waiting, share }: Queue): Claim[] {
  const lines = Map.groupBy(waiting, ({ organization }) => organization);
  return [...lines].map(([organization, line]) => ({ ...share(organization), line: line.values() }));
}

function roomiest(waiting: Waiting, rooms: Iterable<PayerCapacity>): PayerCapacity | undefined {
  const free = (payer: PayerCapacity): number =>
    Math.min(payer.creationsAtOnce - payer.creating, placesLeft(waiting, payer) - payer.creating);
  const fitting = [...rooms].filter((payer) => isFor(waiting, payer) && free(payer) > 0);
  return fitting.reduce<PayerCapacity | undefined>((a, b) => (a && free(a) >= free(b) ? a : b), undefined);
}

/** What a provider waits for: the same for all whom the same payers may take. */
export const wish = ({ returnsTo, territory }: Pick<Waiting, 'returnsTo' | 'territory'>): string =>
  returnsTo === null ? `territory ${territory}` : `payer ${returnsTo}`;

/** Whether the payer is one that this provider may be given. */
export const isFor = (
  { returnsTo, territory }: Pick<Waiting, 'returnsTo' | 'territory'>,
  { payerId, territories }: Pick<PayerCapacity, 'payerId' | 'territories'>,
): boolean => (returnsTo === null ? territories.includes(territory) : payerId === returnsTo);

/** How many accounts the payer may still get, creations under way included; who returns finds its own place kept. */
const placesLeft = ({ returnsTo }: Waiting, { accountsAllowed, accounts, kept }: PayerCapacity): number =>
  accountsAllowed - accounts - kept + (returnsTo === null ? 0 : 1);

/** Whether a provider waits for a slot that will come free by itself, or for room that only an operator can make. */
export function waitReason(waiting: Waiting, payers: readonly PayerCapacity[]): WaitReason {
  // A creation under way may fail and leave its place to another.
  const roomy = payers.some((payer) => isFor(waiting, payer) && placesLeft(waiting, payer) > 0);
  return roomy ? 'slot-awaited' : 'payer-full';
}
