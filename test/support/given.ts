/** Given this history, when this command or outcome comes, then these events, nothing, or a refusal. */
import { expect } from '@jest/globals';
import { decide, type ProviderCommand } from '../../src/domain/provider/decide.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { evolve } from '../../src/domain/provider/evolve.js';
import { owed, record } from '../../src/domain/provider/saga.js';
import { type Provider, unknownProvider } from '../../src/domain/provider/stages.js';
import type { Step } from '../../src/domain/provider/steps.js';
import { Refusal, type RefusalCode } from '../../src/domain/refusal.js';

/** Events happen a minute apart from this time. */
const start = Date.parse('2026-11-24T00:00:00.000Z');
export const minute = (n: number): string => new Date(start + n * 60_000).toISOString();

export const fold = (history: readonly ProviderEvent[]): Provider =>
  history.reduce((provider, event, n) => evolve(provider, event, minute(n)), unknownProvider);

export function given(...history: readonly ProviderEvent[]) {
  return {
    when: (command: ProviderCommand) => outcome(history, (provider) => decide(command, provider)),
    whenOutcome: (step: Step, event: ProviderEvent) => outcome(history, (provider) => record(step, event, provider)),
    thenOwed: (...steps: readonly Step[]) => expect(owed(fold(history)).map((o) => o.step)).toEqual(steps),
    thenStage: (stage: Provider['stage']) => expect(fold(history).stage).toBe(stage),
    thenCorrupt: () => expect(() => fold(history)).toThrow(/cannot follow in stage/),
  };
}

function outcome(history: readonly ProviderEvent[], decided: (provider: Provider) => ProviderEvent[]) {
  const events = (): ProviderEvent[] => decided(fold(history));
  return {
    thenNothing: () => expect(events()).toEqual([]),
    thenRefused(code: RefusalCode, words: RegExp): Refusal {
      const refusal = refusalOf(events);
      expect(refusal.code).toBe(code);
      expect(refusal.words).toMatch(words);
      return refusal;
    },
    then(...expected: readonly ProviderEvent[]) {
      expect(events()).toEqual(expected);
      return { and: { again: outcome([...history, ...expected], decided) } };
    },
  };
}

function refusalOf(events: () => ProviderEvent[]): Refusal {
  try {
    events();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('The command was not refused.');
}
