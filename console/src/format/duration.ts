/** Spans of time as people say them. */
import { guessesText as text, unitsText as units } from '../text/duration.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `3 s`, `2 min 5 s`, `1 h 3 min`, `4 d 2 h`: the two largest parts, whole numbers; nothing is ever negative. */
export function durationText(ms: number): string {
  const whole = Math.max(0, Math.round(ms / second)) * second;
  if (whole < minute) return `${whole / second} ${units.second}`;
  if (whole < hour) return two(whole, minute, units.minute, second, units.second);
  return whole < day
    ? two(whole, hour, units.hour, minute, units.minute)
    : two(whole, day, units.day, hour, units.hour);
}

function two(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeUnit}${rest > 0 ? ` ${rest} ${smallUnit}` : ''}`;
}

/** A guess in words that do not pretend to be exact. */
export function aboutText(seconds: number): string {
  if (seconds < 10) return text.few;
  if (seconds < 90) return text.seconds(Math.ceil(seconds / 10) * 10);
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? text.minutes(minutes) : text.hours(Math.ceil(minutes / 60));
}
