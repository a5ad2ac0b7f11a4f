/** Where a page of the queue ended: the last providers on it, of which one is enough to find the place again while others come and go. */
import type { Waiting } from '../../domain/queue/queue.js';
import { Refusal } from '../../domain/refusal.js';

/** As many as fit into a cursor; the queue is served from its front, so that the last of a page are the last to go. */
const kept = 8;
const idBytes = 16;

/** The cursor after a page. */
export function cursorAfter(page: readonly Waiting[]): string {
  const ids = page.slice(-kept).map(({ providerId }) => Buffer.from(providerId.replaceAll('-', ''), 'hex'));
  return Buffer.concat(ids).toString('base64url');
}

/**
 * How many in this order come before the page after a cursor: up to the last on the earlier page who still waits. Where none
 * of them does, everybody before them has been served too, and the page begins at the front, so that nobody is passed over.
 * Throws a refusal for a cursor that is none of ours.
 */
export function placeAfter(cursor: string, order: readonly Waiting[]): number {
  const ids = Buffer.from(cursor, 'base64url');
  if (ids.length === 0 || ids.length % idBytes !== 0 || ids.length > kept * idBytes) throw none;
  const last = new Set(Array.from({ length: ids.length / idBytes }, (_, n) => idAt(ids, n)));
  return order.findLastIndex(({ providerId }) => last.has(providerId)) + 1;
}

const idAt = (ids: Buffer, n: number): string =>
  ids.toString('hex', n * idBytes, (n + 1) * idBytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const none = new Refusal('invalid', 'The cursor is none of ours.', [
  { field: 'cursor', problem: 'is none of ours', allowed: 'the `next` of an earlier page' },
]);
