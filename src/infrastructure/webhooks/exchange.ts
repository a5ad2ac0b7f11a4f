/** One request to a receiver and its answer, in bounded time and with no more of the answer than its status. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Sent } from '../../application/ports/webhook-sender.js';

/** So much of an answer is taken in before the connection is closed; none of it is kept. */
const mostAnswerBytes = 65_536;

interface Bounds {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Sends the body and resolves with what came of it; throws what ends the request otherwise, by its code. */
export const exchange = (request: ClientRequest, body: string, bounds: Bounds): Promise<Sent> =>
  endedInTime(request, bounds, () => answerTo(request, body));

/**
 * Ends a request that takes too long, or that is given up. A timer and a listener of its own are taken back once it is over:
 * signals that time out or are put together would each live on until their time comes.
 */
async function endedInTime(
  request: ClientRequest,
  { timeoutMs, signal }: Bounds,
  work: () => Promise<Sent>,
): Promise<Sent> {
  const giveUp = (): void => void request.destroy(Object.assign(new Error('given up'), { code: 'ABORT_ERR' }));
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    giveUp();
  }, timeoutMs);
  signal.addEventListener('abort', giveUp);
  try {
    if (signal.aborted) giveUp();
    return await work();
  } catch (error) {
    if (isLate) return { error: `No answer came within ${timeoutMs / 1_000} seconds.` };
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/** Resolves once the answer is over, or enough of it has come. */
const answerTo = (request: ClientRequest, body: string): Promise<Sent> =>
  new Promise((resolve, reject) => {
    request.on('error', reject);
    // Without a listener Node closes the connection and tells of neither an answer nor an error.
    request.on('upgrade', ({ statusCode: status = 0 }, socket) => {
      socket.destroy();
      resolve({ status });
    });
    let isAnswered = false;
    // Whatever else ends a request without a word; after an answer or an error this changes nothing.
    request.on('close', () => {
      if (!isAnswered) reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
    request.on('response', (answer: IncomingMessage) => {
      isAnswered = true;
      const { statusCode: status = 0 } = answer;
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostAnswerBytes) answer.destroy();
      });
      // What was answered is known already, however the rest of it ends.
      answer.on('error', () => undefined);
      answer.on('close', () => resolve({ status }));
    });
    request.end(body);
  });
