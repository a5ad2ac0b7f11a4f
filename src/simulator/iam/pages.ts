/** Pages of IAM's lists: MaxItems and Marker in, IsTruncated and Marker out. */
import type { Call } from '../engine/core.js';
import { validationError } from './errors.js';
import { optionalText, wholeNumber } from './input.js';

/**
 * One page of items under the name that the operation answers them in. The marker is opaque to callers; here it is the
 * number of items already answered. Source: IAM API, ListRoles and its siblings.
 */
export function page(call: Call, member: string, items: readonly unknown[]): Readonly<Record<string, unknown>> {
  const most = wholeNumber(call, 'MaxItems', 1, 1000) ?? 100;
  const marker = optionalText(call, 'Marker');
  const start = marker === undefined ? 0 : positionOf(marker);
  const end = start + most;
  const more = end < items.length;
  return { [member]: items.slice(start, end), IsTruncated: more, ...(more ? { Marker: markerOf(end) } : {}) };
}

const markerOf = (position: number): string => Buffer.from(`after ${position}`).toString('base64');

function positionOf(marker: string): number {
  const position = Number(
    Buffer.from(marker, 'base64')
      .toString('utf8')
      .replace(/^after /, ''),
  );
  if (Number.isInteger(position) && position >= 0) return position;
  throw validationError('Invalid Marker.');
}
