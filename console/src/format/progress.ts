/** How far a provider is, from what its status says: pure, so that what a person is told can be tested. */
import type { Status, Step } from '../api/types.js';
import { durationText } from './duration.js';

export interface Progress {
  readonly done: number;
  readonly all: number;
  readonly percent: number;
}

const firstSteps = ['AssignPayer', 'CreateAccount', 'LinkPayer', 'AwaitReadiness'];
const handover = ['IssueCredentials'];

/** The steps that lead to the credentials; what follows them keeps nobody waiting. */
function stepsToCredentials({ steps }: Pick<Status, 'steps'>): readonly Step[] {
  const last = steps.findIndex(({ step }) => step === 'IssueCredentials');
  return last < 0 ? steps : steps.slice(0, last + 1);
}

export const stepsAfterwards = ({ steps }: Pick<Status, 'steps'>): readonly Step[] =>
  steps.slice(stepsToCredentials({ steps }).length);

export function progressOf(status: Pick<Status, 'steps'>): Progress {
  const steps = stepsToCredentials(status);
  const done = steps.filter(({ state }) => state === 'done').length;
  return { done, all: steps.length, percent: steps.length === 0 ? 0 : Math.round((100 * done) / steps.length) };
}

/** What a step took, or takes so far. */
export function timeTaken({ startedAt, finishedAt }: Step, now: number): string | undefined {
  if (startedAt === undefined) return undefined;
  const end = finishedAt === undefined ? now : Date.parse(finishedAt);
  return durationText(end - Date.parse(startedAt));
}

/** From the request to the credentials, or till now. */
export function totalTime(status: Pick<Status, 'steps' | 'requestedAt'>, now: number): string {
  const issued = status.steps.find(({ step }) => step === 'IssueCredentials')?.finishedAt;
  return durationText((issued === undefined ? now : Date.parse(issued)) - Date.parse(status.requestedAt));
}

export interface Phase {
  readonly name: 'account' | 'hardening' | 'handover';
  readonly steps: readonly Step[];
}

/** The steps as a customer thinks of them. */
export function phasesOf(status: Pick<Status, 'steps'>): readonly Phase[] {
  const steps = stepsToCredentials(status);
  const is = (names: readonly string[]) => (each: Step) => names.includes(each.step);
  const [isFirst, isHandover] = [is(firstSteps), is(handover)];
  return [
    { name: 'account', steps: steps.filter(isFirst) },
    { name: 'hardening', steps: steps.filter((each) => !isFirst(each) && !isHandover(each)) },
    { name: 'handover', steps: steps.filter(isHandover) },
  ];
}
