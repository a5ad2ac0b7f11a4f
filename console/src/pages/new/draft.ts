/** What was typed, kept in the tab until the account is asked for: it survives a reload and a session that ends. */
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

/** The draft, and how to change some of it. */
export const useDraft = () => useKept<Draft>(place, fresh);
