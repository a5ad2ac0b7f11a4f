/** Which step of the wizard is shown. */
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { type Gate, reached } from './checks.js';

/** Steps are numbered from 0. */
export const lastStep = 2;

function stepIn(stated: string | null): number {
  const step = Number(stated ?? 1) - 1;
  return Number.isInteger(step) && step >= 0 && step <= lastStep ? step : 0;
}

/**
 * The step that is asked for, which stands in the address so that the browser's own buttons go from step to step, and how to
 * turn to one. The step that is asked for already makes no entry in the history: Back would seem to do nothing there.
 */
function useStep(): readonly [number, (to: number, options?: { readonly replace: boolean }) => void] {
  const [params, setParams] = useSearchParams();
  const asked = stepIn(params.get('step'));
  return [asked, (to, options) => to !== asked && setParams(to === 0 ? {} : { step: String(to + 1) }, options)];
}

export interface Gates {
  /** What keeps each step from being left. */
  readonly errors: readonly Gate[];
  /** The same without what the service has not said yet, so that a reload stays where it was. */
  readonly known: readonly Gate[];
  /** Nothing was typed yet, or in another tab; then nothing is wrong either. */
  readonly isBlank: boolean;
}

/**
 * The step that is shown, never one behind a step that is not done, whatever the address says or the browser goes forward to;
 * the last step whose errors are told; and the ways to another step.
 */
export function useShown({ errors, known, isBlank }: Gates) {
  const [asked, turnTo] = useStep();
  const [tried, setTried] = useState(-1);
  const shown = reached(asked, known);
  useEffect(() => {
    if (asked === shown) return;
    if (!isBlank) setTried((before) => Math.max(before, shown));
    turnTo(shown, { replace: true });
  });
  const go = (to: number): void => {
    const step = reached(to, errors);
    if (step !== to) setTried(Math.max(tried, step));
    turnTo(step);
  };
  return { shown, tried, go, turnTo };
}
