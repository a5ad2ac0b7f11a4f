/** What each stage of a provider is called, and what it looks like. */

export type Look = 'success' | 'in-progress' | 'pending' | 'error' | 'stopped' | 'warning';

interface StageWords {
  readonly label: string;
  readonly look: Look;
}

const making: StageWords = { label: 'Creating', look: 'in-progress' };

/** In the order of a life, so that a filter offers them so. */
const stages = {
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

export type StageName = keyof typeof stages;

/** A stage that a newer service knows is shown by its own name. */
export const stageWords = (stage: string): StageWords =>
  Object.hasOwn(stages, stage) ? stages[stage as StageName] : { label: stage, look: 'pending' };

export const isStage = (stage: string | null): stage is StageName => stage !== null && Object.hasOwn(stages, stage);

const apart: Readonly<Partial<Record<StageName, string>>> = {
  resumed: 'Waiting for a slot again',
  assigned: 'Creating: about to be asked for',
  creating: 'Creating: asked for at AWS',
};

/** For a filter: one choice a stage, named apart where two stages look alike to a customer. */
export const stageChoices: readonly { readonly value: StageName; readonly label: string }[] = (
  Object.keys(stages) as StageName[]
).map((value) => ({ value, label: apart[value] ?? stages[value].label }));

/** Whether nothing more happens by itself. */
export const isSettled = (stage: string): boolean => ['active', 'refused', 'withdrawn', 'halted'].includes(stage);

/** Before AWS was asked for an account, a request can be withdrawn. */
export const canWithdraw = (stage: string): boolean => stage === 'requested' || stage === 'accepted';
