/** Commands: sent with a key, told when done, and the page as it stands afterwards. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiProblem, asProblem } from '../api/problem.js';
import { useNotify } from './notices.js';

export type Key = { readonly 'Idempotency-Key': string };

/**
 * `changes` begins the key of every query that reads what is changed; `done` is what the reader is told, nothing where what
 * follows says enough. `run` resolves true once the service has taken it.
 */
export function useCommand(changes: readonly string[], done?: string) {
  const client = useQueryClient();
  const notify = useNotify();
  const [running, setRunning] = useState(false);
  const [failed, setFailed] = useState<ApiProblem>();
  const run = async (command: (headers: Key) => Promise<unknown>): Promise<boolean> => {
    setRunning(true);
    setFailed(undefined);
    try {
      await command({ 'Idempotency-Key': crypto.randomUUID() });
      await client.invalidateQueries({ queryKey: changes });
      if (done !== undefined) notify({ type: 'success', content: done });
      return true;
    } catch (error) {
      const problem = asProblem(error);
      setFailed(problem);
      // The reader is to decide on what is there now.
      if (problem.kind === 'changed-since') await client.invalidateQueries({ queryKey: changes });
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { run, running, failed, forget: () => setFailed(undefined) };
}
