/** Moments and spans on a page. */
import { useEffect, useState } from 'react';
import { localTime, utcTime } from '../format/time.js';

/** In the reader's zone; UTC when one points at it. */
export const Moment = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={utcTime(at)}>
    {localTime(at)}
  </time>
);

const tickMs = 1_000;

/** The time, each second while something moves. */
export function useNow(moving: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!moving) return;
    setNow(Date.now());
    const ticking = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(ticking);
  }, [moving]);
  return now;
}
