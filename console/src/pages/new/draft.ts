/** What was typed, kept in the tab until the account is asked for: it survives a reload and a session that ends. */
import { forgetKept, useKept } from '../../shell/kept.js';

export interface Draft {
  /** The Idempotency-Key: however often the request is sent, one provider comes of it. */
  readonly key: string;
  readonly name: string;
  readonly territory: string | undefined;
  readonly origin: string | undefined;
  /** The digest of each document that was accepted, by its party. */
  readonly accepted: Readonly<Partial<Record<string, string>>>;
  readonly step: number;
}

const place = 'partner-cloud.draft';

const fresh = (): Draft => ({
  key: crypto.randomUUID(),
  name: '',
  territory: undefined,
  origin: undefined,
  accepted: {},
  step: 0,
});

/** To be called once the account is asked for, or nobody wants it any more. */
export const forgetDraft = (): void => forgetKept(place);

export const useDraft = () => useKept<Draft>(place, fresh);
