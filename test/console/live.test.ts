/** How the console follows what happens where positions are refused, or the list is not so new yet. */
import { afterEach, expect, jest, test } from '@jest/globals';
import { ApiProblem } from '../../console/src/api/problem.js';
import { hasPosition, newestOrOlder } from '../../console/src/live/newest.js';

/** What is called of it here; it stands on a browser's own names, which the types of tests leave out. */
interface Following {
  follow(path: string, to: object, signal: AbortSignal): Promise<void>;
}
const place: string = '../../console/src/live/follow.js';
const { follow } = (await import(place)) as Following;

Object.assign(globalThis, { addEventListener() {}, removeEventListener() {} });
afterEach(() => {
  jest.restoreAllMocks();
});

test('whoever has named a position is told that the log was moved, and the address is not asked for again', async () => {
  const asked = jest.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(null, { status: 410 }));
  const moved = jest.fn();
  await follow('/v1/changes?after=former:3', { heard() {}, connection() {}, moved }, AbortSignal.timeout(5_000));
  expect(moved).toHaveBeenCalledTimes(1);
  expect(asked).toHaveBeenCalledTimes(1);
});

const problem = (kind: string) => new ApiProblem(kind, kind, '', 503, undefined);
const refusing = (kind: string) =>
  jest.fn(async (newest: string | undefined) => {
    if (newest !== undefined) throw problem(kind);
    return 'what there is';
  });

test.each(['not-caught-up', 'former-log'])('after %s the list is read as it is', async (kind) => {
  expect(await newestOrOlder('log:3', refusing(kind))).toBe('what there is');
});

test('other problems are told, and so is one of a list that need not be new', async () => {
  await expect(newestOrOlder('log:3', refusing('forbidden'))).rejects.toThrow('forbidden');
  const read = jest.fn(() => Promise.reject(problem('not-caught-up')));
  await expect(newestOrOlder(undefined, read)).rejects.toThrow('not-caught-up');
  expect(read).toHaveBeenCalledTimes(1);
});

test('a head that was signed makes no list newer', () => {
  expect(hasPosition({ type: 'ProviderRequested', position: 'log:3' })).toBe(true);
  expect(hasPosition({ type: 'head.signed', events: 3 })).toBe(false);
  expect(hasPosition(null)).toBe(false);
});
