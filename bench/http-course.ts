/** Starts the serving process and measures requests per second against it, in turns with the bare route. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BareKind } from './bare-routes.js';
import { type Course, perSecond } from './benchmark.js';
import { openLoad } from './http-load.js';
import type { Serving } from './http-server.js';

const connections = 32;

/** A course over a folder's data; `requestOf` makes the n-th request, counted over all rounds. */
export async function httpCourse(
  folder: string,
  kind: BareKind,
  times: number,
  requestOf: (index: number, token: string) => string,
): Promise<Course> {
  const child = fork(fileURLToPath(new URL('./http-server.ts', import.meta.url)), [folder, kind]);
  const serving = await started(child);
  const ours = await openLoad(serving.ours, connections);
  const bare = await openLoad(serving.bare, connections);
  const turn = (load: typeof ours) => async (round: number) => {
    const request = (index: number): string => requestOf(round * times + index, serving.token);
    return [await perSecond(times, () => load.send(times, request))];
  };
  return {
    ours: turn(ours),
    baseline: turn(bare),
    async close() {
      ours.close();
      bare.close();
      child.send('stop');
      await once(child, 'exit');
    },
  };
}

/** Rejects when the child ends before it serves. */
function started(child: ChildProcess): Promise<Serving> {
  return new Promise((resolve, reject) => {
    child.once('message', (serving) => resolve(serving as Serving));
    child.once('exit', (code) => reject(new Error(`The serving process ended with code ${code}.`)));
  });
}
