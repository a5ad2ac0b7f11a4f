/** The simulation as a process of its own. */
import { ended, startScript } from '../support/child.js';

/** Runs it with these arguments; answers with its exit code and what it printed as JSON. */
export async function simulate<T>(...args: readonly string[]): Promise<{ code: number | null; told: T }> {
  const { code, stdout, stderr } = await ended(startScript('test/simulation/crash.sim.ts', [...args, '--json'], {}));
  if (stdout === '') throw new Error(`The simulation ended with ${code} and without a word: ${stderr}`);
  return { code, told: JSON.parse(stdout) as T };
}
