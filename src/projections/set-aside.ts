/** Which streams are set aside, as reads ask for it. */
import type { Quarantine, SetAside } from '../domain/quarantine.js';

export type SetAsideOf = (stream: string) => SetAside | undefined;

/** The decisions in force by stream; a map of few is asked faster than an object, which first has to know each name. */
export function lookUp(decisions: () => Quarantine): SetAsideOf {
  let known: Quarantine | undefined;
  let byStream = new Map<string, SetAside>();
  return (stream) => {
    if (known !== decisions()) {
      known = decisions();
      byStream = new Map(Object.entries(known.setAside));
    }
    return byStream.size === 0 ? undefined : byStream.get(stream);
  };
}
