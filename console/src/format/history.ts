/** Which facts of a history a reader wants to see. */
import type { Fact } from '../api/types.js';
import type { FactKind } from '../text/facts.js';
import { factKind, factText } from './facts.js';

export interface FactFilter {
  /** None: any. */
  readonly kinds: readonly FactKind[];
  readonly words: string;
}

/** The newest first. */
export function chosenFacts(facts: readonly Fact[], { kinds, words }: FactFilter): readonly Fact[] {
  const wanted = words.trim().toLowerCase();
  const fits = (fact: Fact): boolean => {
    const kind = factKind(fact);
    const ofKind = kinds.length === 0 || (kind !== undefined && kinds.includes(kind));
    return ofKind && `${fact.type} ${factText(fact)}`.toLowerCase().includes(wanted);
  };
  return facts.filter(fits).reverse();
}
