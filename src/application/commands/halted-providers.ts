/** The providers that are halted for what an operator asks about, from the read model. */
import type { Provider } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import type { Halted } from '../../domain/resumption.js';
import type { Dependencies } from '../dependencies.js';
import type { ProviderRow, ReadModels } from '../ports/read-models.js';

/** A provider that is halted as was asked for. */
export interface HaltedView {
  readonly id: string;
  readonly organization: string;
  readonly name: string;
  readonly step: string;
  readonly reason: string;
  readonly payerId?: string;
  readonly haltedAt: string;
}

/** Without a choice a slip of the hand would resume everybody who ever halted for whatever reason. */
export function requireChoice({ payers }: Dependencies['settings'], { reason, step, payer }: Halted): void {
  const known = payers.map(({ id }) => id);
  const [field, problem, allowed] =
    payer !== undefined && !known.includes(payer)
      ? ['payer', 'is no payer of the configuration', known.join(', ')]
      : ['reason', 'is missing, and so are step and payer', 'at least one of reason, step and payer'];
  if (field === 'payer' || (reason ?? step ?? payer) === undefined)
    throw new Refusal('invalid', `${field} ${problem}; allowed: ${allowed}.`, [{ field, problem, allowed }]);
}

const order = { sort: 'changedAt', descending: false, limit: 200 } as const;

/** Everybody who is halted so, who halted first at the front. Few are halted at any time, and they have an index of their own. */
export function haltedRows(readModels: Pick<ReadModels, 'list'>, halted: Halted): readonly ProviderRow[] {
  const rows: ProviderRow[] = [];
  let cursor: string | undefined;
  do {
    const page = readModels.list({ stage: 'halted' }, { ...order, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.items.filter(({ provider }) => isHaltedBy(halted, provider)));
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
}

/** One of them as operators see it. */
export function haltedView({ providerId, provider }: ProviderRow): readonly HaltedView[] {
  if (provider.stage !== 'halted') return [];
  const { halt, from } = provider;
  const payerId = payerOf(from);
  const { step, reason, haltedAt } = halt;
  const { organization, name } = from;
  return [{ id: providerId, organization, name, step, reason, ...(payerId !== undefined && { payerId }), haltedAt }];
}

/** Whether a provider is halted, and so as it is asked for. */
export function isHaltedBy({ reason, step, payer }: Halted, provider: Provider): boolean {
  if (provider.stage !== 'halted') return false;
  const { halt, from } = provider;
  return (
    (reason === undefined || halt.reason === reason) &&
    (step === undefined || halt.step === step) &&
    (payer === undefined || payerOf(from) === payer)
  );
}

/** The payer of a provider that has one. */
const payerOf = (from: object): string | undefined =>
  'payerId' in from && typeof from.payerId === 'string' ? from.payerId : undefined;
