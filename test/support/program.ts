/** A program that runs beside the test: its lines as they come, and its end. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Ended, ended } from './child.js';
import { awaited } from './waiting.js';

export interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it wrote, once it is gone. */
  readonly ended: Promise<Ended>;
  /**
   * Resolves with the first line of standard output that matches after the one found last, whether it has been read already
   * or is yet to come, so that no line can go by between two calls. Rejects when the program ends without it.
   */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Calls back with each line of standard output from now on. */
  eachLine(seen: (line: string) => void): void;
  /** Sends the signal and resolves when the process is gone. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** Watches a program that was just started. */
export function watchProgram(name: string, child: ChildProcessWithoutNullStreams): Program {
  const gone = ended(child);
  const lines = createInterface({ input: child.stdout });
  const search = openSearch();
  lines.on('line', search.read);
  const ends = (pattern: RegExp): Promise<never> =>
    gone.then(({ code, stderr }) => {
      throw new Error(`${name} ended (${code}) without ${pattern}: ${stderr}`);
    });
  return {
    child,
    ended: gone,
    eachLine: (seen) => void lines.on('line', seen),
    line: (pattern) =>
      awaited(
        () =>
          `${pattern} from ${name}; since the last line that was waited for it said:\n${search.unfound().join('\n')}`,
        () => Promise.race([search.find(pattern), ends(pattern)]),
      ),
    end(signal) {
      child.kill(signal);
      return gone;
    },
  };
}

/** Lines in their order, searched from one match to the next. */
function openSearch() {
  const read: string[] = [];
  let from = 0;
  let look = (): void => undefined;
  return {
    read(line: string): void {
      read.push(line);
      look();
    },
    /** What was read since the last match. */
    unfound: (): readonly string[] => read.slice(from),
    find: (pattern: RegExp): Promise<RegExpExecArray> =>
      new Promise((resolve) => {
        let next = from;
        look = () => {
          for (; next < read.length; next++) {
            const found = pattern.exec(read[next] ?? '');
            if (!found) continue;
            from = next + 1;
            look = () => undefined;
            return resolve(found);
          }
        };
        look();
      }),
  };
}
