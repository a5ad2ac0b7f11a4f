/** What is still wrong with a draft, in words for the field that it stands at. */
import type { Option, TermsDocument } from '../../api/types.js';
import { newText as text } from '../../text/new.js';
import type { Draft } from './draft.js';

const longestName = 64;

export interface Mistakes {
  readonly name?: string;
  readonly territory?: string;
  readonly origin?: string;
}

/** The service counts characters as people do, not as computers store them, after trimming. */
export function mistakesIn({ name, territory, origin }: Draft, options: readonly Option[]): Mistakes {
  const length = [...name.trim().normalize('NFC')].length;
  const offered = options.some((option) => option.offered && option.origin === origin);
  return {
    ...(length === 0 ? { name: text.nameMissing } : {}),
    ...(length > longestName ? { name: text.nameTooLong(length) } : {}),
    ...(territory === undefined ? { territory: text.territoryMissing } : {}),
    ...(offered ? {} : { origin: text.optionMissing }),
  };
}

export const isAccepted = ({ accepted }: Pick<Draft, 'accepted'>, { party, digest }: TermsDocument): boolean =>
  accepted[party] === digest;

export const notAccepted = (draft: Pick<Draft, 'accepted'>, documents: readonly TermsDocument[]) =>
  documents.filter((document) => !isAccepted(draft, document));

/** Whether a name is one that another provider has, as people read names. */
export const isTaken = (name: string, others: readonly (string | undefined)[]): boolean =>
  others.some((other) => other?.localeCompare(name.trim(), 'en', { sensitivity: 'base' }) === 0);

/** What keeps a step from being left: an error, in words where there are some; false where it is done. */
export type Gate = string | boolean;

/** The first step before the wanted one that is not done yet; the wanted one where all before it are. */
export function reached(wanted: number, gates: readonly Gate[]): number {
  const blocked = gates.findIndex((gate, step) => step < wanted && gate !== false);
  return blocked < 0 ? wanted : blocked;
}
