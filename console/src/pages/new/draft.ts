/** What was typed, kept in the tab until the account is asked for: it survives a reload and a session that ends. */
import { useSearchParams } from 'react-router';
import { forgetKept } from '../../auth/kept.js';
import { useKept } from '../../shell/kept.js';

export interface Draft {
  /** The Idempotency-Key: however often the request is sent, one provider comes of it. */
  readonly key: string;
  readonly name: string;
  readonly territory: string | undefined;
  readonly origin: string | undefined;
  /** The digest of each document that was accepted, by its party. */
  readonly accepted: Readonly<Partial<Record<string, string>>>;
}

const place = 'draft';

const fresh = (): Draft => ({
  key: crypto.randomUUID(),
  name: '',
  territory: undefined,
  origin: undefined,
  accepted: {},
});

/** To be called once the account is asked for, or nobody wants it any more. */
export const forgetDraft = (): void => forgetKept(place);

export const useDraft = () => useKept<Draft>(place, fresh);

const lastStep = 2;

/** The step that is shown, the first being 0, which stands in the address so that the browser's own buttons go from step to step. */
export function useStep({ name }: Pick<Draft, 'name'>): readonly [number, (to: number) => void] {
  const [params, setParams] = useSearchParams();
  const asked = Number(params.get('step') ?? 1) - 1;
  const isOne = Number.isInteger(asked) && asked >= 0 && asked <= lastStep;
  // Nothing was typed yet, or in another tab.
  const step = isOne && name.trim() !== '' ? asked : 0;
  return [step, (to) => setParams(to === 0 ? {} : { step: String(to + 1) })];
}
