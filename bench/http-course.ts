/** Starts the serving process and measures requests per second against it, in turns with the bare route. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BareKind } from './bare-routes.js';
import { type Course, perSecond } from './benchmark.js';
import { openLoad } from './http-load.js';
import type { Asked, Serving } from './http-server.js';

const connections = 32;

export interface Load {
  readonly kind: BareKind;
  /** Requests a turn. */
  readonly times: number;
  /** The text of the n-th request, counted over all rounds. */
  requestOf(index: number, token: string): string;
}

/** A course over a folder's data. Commands find new providers in every round. */
export async function httpCourse(folder: string, { kind, times, requestOf }: Load): Promise<Course> {
  const child = fork(fileURLToPath(new URL('./http-server.ts', import.meta.url)), [folder, kind]);
  const serving = (await heard(child)) as Serving;
  const loads = new Map<number, Awaited<ReturnType<typeof openLoad>>>();
  const turn = async (port: number, round: number) => {
    // A connection that says nothing for half a minute is closed, and the other side's turn may take that long.
    const load = loads.get(port) ?? (await openLoad(port, connections));
    loads.set(port, load);
    const request = (index: number): string => requestOf(round * times + index, serving.token);
    return [await perSecond(times, () => load.send(times, request))];
  };
  const ask = (asked: Asked): boolean => child.send(asked);
  return {
    async ours(round) {
      if (kind === 'command') {
        ask({ request: [round * times, times] });
        await heard(child);
      }
      return turn(serving.ours, round);
    },
    baseline: (round) => turn(serving.bare, round),
    async close() {
      for (const load of loads.values()) load.close();
      ask('stop');
      await once(child, 'exit');
    },
  };
}

/** The next message; rejects when the child ends before it. */
function heard(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`The serving process ended with code ${code}.`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}
