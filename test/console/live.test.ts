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

/** Follows on a clock of the test's own, as long as `look` does, and answers the calls in turn; the last answer stays. */
async function following(answers: readonly (() => Response)[], look: (seen: Seen) => Promise<void>): Promise<void> {
  jest.useFakeTimers();
  const asked = jest.fn(async () => (answers[asked.mock.calls.length - 1] ?? answers.at(-1) ?? Response.error)());
  jest.spyOn(globalThis, 'fetch').mockImplementation(asked);
  const [connection, heard, moved] = [jest.fn(), jest.fn(), jest.fn()];
  const gone = new AbortController();
  const following = follow('/v1/changes?after=former:3', { heard, connection, moved }, gone.signal);
  await jest.advanceTimersByTimeAsync(0);
  await look({ asked, connection, heard, moved });
  gone.abort();
  await following;
  jest.useRealTimers();
}

type Seen = Readonly<Record<'asked' | 'connection' | 'heard' | 'moved', jest.Mock>>;

const stream = (body: string) => () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
const refusal = (status: number) => () => new Response(null, { status });
const told = ({ connection }: Seen) => connection.mock.calls.map(([state]) => state);

test('whoever has named a position is told that the log was moved, after a pause, and the address is not asked for again', () =>
  following([refusal(410)], async (seen) => {
    expect(told(seen)).toEqual(['connecting', 'lost']);
    await jest.advanceTimersByTimeAsync(999);
    expect(seen.moved).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(seen.moved).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(seen.asked).toHaveBeenCalledTimes(1);
  }));

test('a connection that the service ends after it told something is no lost one', () =>
  following([stream('id: log:1\ndata: {"position":"log:1"}\n\n'), stream(': still here\n\n')], async (seen) => {
    await jest.advanceTimersByTimeAsync(1_000);
    expect(seen.heard.mock.calls).toEqual([[{ position: 'log:1' }]]);
    expect(seen.asked).toHaveBeenCalledTimes(2);
    expect(told(seen)).toEqual(['connecting', 'live', 'live']);
  }));

test('a connection is lost that ends again and again with nothing, and is asked for ever more rarely', () =>
  following([stream('')], async (seen) => {
    await jest.advanceTimersByTimeAsync(1_000);
    expect(told(seen)).toEqual(['connecting', 'live', 'live', 'lost']);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(seen.asked.mock.calls.length).toBeLessThan(10);
  }));

test('an answer that is no stream of events is none, whatever its status', () =>
  following([() => new Response('<h1>A proxy</h1>', { headers: { 'content-type': 'text/html' } })], async (seen) => {
    expect(told(seen)).toEqual(['connecting', 'lost']);
  }));

test('what was begun in a stream and cannot be read is asked for again', () =>
  following([stream('data: {"posi\n\n'), stream('data: {"position":"log:1"}\n\n')], async (seen) => {
    expect(told(seen)).toEqual(['connecting', 'live', 'lost']);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(seen.heard.mock.calls).toEqual([[{ position: 'log:1' }]]);
  }));

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
