/** How much this process holds on to, whatever it has not tidied up yet. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose_gc');
const collect: () => void = runInNewContext('gc');

/** What is reachable now; garbage does not count, since when that goes is a matter of how busy the machine is. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Tells, each time it is asked, how many bytes more are held than now. */
export function bytesHeldSince(): () => number {
  const before = held();
  return () => held() - before;
}
