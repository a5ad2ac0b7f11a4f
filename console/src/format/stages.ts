/** What the stages of a provider are called, and what can be done at each. */
import { type StageWords, stagesApartText, stagesText } from '../text/stages.js';

export type StageName = keyof typeof stagesText;

/** A stage that a newer service knows is shown by its own name. */
export const stageWords = (stage: string): StageWords =>
  Object.hasOwn(stagesText, stage) ? stagesText[stage as StageName] : { label: stage, look: 'pending' };

export const isStage = (stage: string | null): stage is StageName => stage !== null && Object.hasOwn(stagesText, stage);

/** For a filter: one choice a stage, named apart where two stages look alike to a customer. */
export const stageChoices: readonly { readonly value: StageName; readonly label: string }[] = (
  Object.keys(stagesText) as StageName[]
).map((value) => ({ value, label: stagesApartText[value] ?? stagesText[value].label }));

/** Whether nothing more happens by itself. */
export const isSettled = (stage: string): boolean => ['active', 'refused', 'withdrawn', 'halted'].includes(stage);

/** Before AWS was asked for an account, a request can be withdrawn. */
export const canWithdraw = (stage: string): boolean => stage === 'requested' || stage === 'accepted';
