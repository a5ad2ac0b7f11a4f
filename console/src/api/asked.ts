/** How the console calls the service: the generated client with the person's token, and problems as errors. */

import { client } from '../../../src/client/generated/client.gen.js';
import { sessionRefused } from '../auth/ended.js';
import { accessToken } from '../auth/session.js';
import { problemOf, unreadableAnswer } from './problem.js';

const unauthenticated = 401;

/** To be called once, before the first call. */
export function connect(): void {
  client.setConfig({ baseUrl: '' });
  client.interceptors.request.use(async (request) => {
    const token = await accessToken();
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
    return request;
  });
  client.interceptors.response.use((response) => {
    if (response.status === unauthenticated) sessionRefused();
    return response;
  });
}

interface Answered<T> {
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response?: Response | undefined;
}

/** The same for a list: one whose items are none would be drawn as an empty one. */
export async function askedList<T extends { readonly items: readonly unknown[] }>(call: Promise<Answered<T>>) {
  const answer = await asked<T>(call);
  if (!Array.isArray(answer.items)) throw unreadableAnswer;
  return answer;
}

/**
 * The answer to a call of the generated client, with the members that are `needed`. Rejects with an {@link ApiProblem} where
 * there is none that can be used: what is drawn without a member would look like an answer.
 */
export async function asked<T>(
  call: Promise<Answered<T>>,
  ...needed: readonly (keyof NonNullable<T>)[]
): Promise<NonNullable<T>> {
  const { data, error, response } = await call.catch((thrown: unknown): Answered<T> => ({ error: thrown }));
  if (!response?.ok || typeof data !== 'object' || data === null) throw problemOf(error, response);
  const answer: NonNullable<T> = data;
  if (needed.some((member) => answer[member] === undefined || answer[member] === null)) throw unreadableAnswer;
  return answer;
}
