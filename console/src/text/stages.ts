/** What each stage of a provider is called, and what it looks like. */

export type Look = 'success' | 'in-progress' | 'pending' | 'error' | 'stopped' | 'warning';

export interface StageWords {
  readonly label: string;
  readonly look: Look;
}

const making: StageWords = { label: 'Creating', look: 'in-progress' };

/** In the order of a life, so that a filter offers them so. */
export const stagesText = {
  requested: { label: 'Terms to accept', look: 'pending' },
  accepted: { label: 'Waiting for a slot', look: 'pending' },
  resumed: { label: 'Waiting for a slot', look: 'pending' },
  assigned: making,
  creating: making,
  created: { label: 'Linking', look: 'in-progress' },
  linked: { label: 'Getting ready', look: 'in-progress' },
  ready: { label: 'Hardening', look: 'in-progress' },
  hardened: { label: 'Proving', look: 'in-progress' },
  proven: { label: 'Issuing credentials', look: 'in-progress' },
  active: { label: 'Ready', look: 'success' },
  halted: { label: 'Halted', look: 'error' },
  refused: { label: 'Refused', look: 'stopped' },
  withdrawn: { label: 'Withdrawn', look: 'stopped' },
} as const satisfies Readonly<Record<string, StageWords>>;

/** For a filter, where two stages look alike to a customer. */
export const stagesApartText: Readonly<Partial<Record<keyof typeof stagesText, string>>> = {
  resumed: 'Waiting for a slot again',
  assigned: 'Creating: about to be asked for',
  creating: 'Creating: asked for at AWS',
};
