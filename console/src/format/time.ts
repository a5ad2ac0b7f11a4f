/** Moments in the reader's zone, and in UTC for whoever compares notes. */

const local = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** `Nov 24, 2026, 8:56:18 AM` in the reader's zone; what is no time stays as it is. */
export const localTime = (iso: string): string => (isTime(iso) ? local.format(new Date(iso)) : iso);

/** `2026-11-24 07:56:18 UTC`. */
export const utcTime = (iso: string): string =>
  isTime(iso) ? `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC` : iso;

const isTime = (iso: string): boolean => !Number.isNaN(Date.parse(iso));
