/** How the service's process ends: in order where that can be had, and in any case within a time. */
import type { Log } from '../application/ports/log.js';
import type { StandardOutput } from '../infrastructure/logging/standard-output.js';
import type { Tracing } from '../infrastructure/tracing/exporter.js';
import type { Service } from './service.js';
import { failed } from './start/exit-codes.js';

/** What a reader of the log has not taken by then is dropped. */
const flushWithinMs = 1_000;
/** Shorter than the 30 seconds after which containers are killed. */
const stopWithinMs = 25_000;

export interface Ending {
  /** What there is to stop from now on; before it serves there is nothing to finish, and whatever it has begun is safe to leave. */
  serves(service: Service): void;
  /** Spans are sent there until the very end. */
  sends(tracing: Tracing | undefined): void;
  /** Whether the end has begun. */
  begun(): boolean;
  /** Stops the service and ends the process with this code; only the first call counts. */
  end(code: number): void;
}

export function openEnding(log: Log, output: StandardOutput): Ending {
  let service: Service | undefined;
  let begun = false;
  const { sends, exit } = openExit(output);

  async function stop(serving: Service, code: number): Promise<void> {
    log.info({}, 'Stopping: no more requests are taken, and what is under way is finished or left safely.');
    const seconds = stopWithinMs / 1_000;
    const late = (): void => {
      log.error(
        { seconds },
        'The service did not stop in time, and is ended as it is; nothing that was answered is lost.',
      );
      void exit(failed);
    };
    setTimeout(late, stopWithinMs).unref();
    try {
      await serving.stop();
    } catch (error) {
      log.error({ words: String(error) }, 'The service did not stop cleanly.');
      return exit(failed);
    }
    return exit(code);
  }

  return {
    serves(serving) {
      service = serving;
    },
    sends,
    begun: () => begun,
    end(code) {
      if (begun) return;
      begun = true;
      void (service ? stop(service, code) : exit(code));
    },
  };
}

/** The last words, which are given a time each. */
function openExit(output: StandardOutput) {
  let tracing: Tracing | undefined;
  return {
    sends(opened: Tracing | undefined): void {
      tracing = opened;
    },
    async exit(code: number): Promise<void> {
      await tracing?.close();
      await output.flushed(flushWithinMs);
      process.exit(code);
    },
  };
}
