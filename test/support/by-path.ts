/** Calls of a running service by their paths, for tests that make many alike; the token says as whom. */
import type { Api } from '../../src/cli/client/api.js';

const security = [{ scheme: 'bearer', type: 'http' }] as const;

export async function read<T>(api: Api, url: string, token: string): Promise<T> {
  const { client, throwOnError } = api.as(token);
  const { data } = await client.get({ url, security, throwOnError });
  return data as T;
}

export async function send<T>(api: Api, method: 'POST' | 'PUT', url: string, token: string, body: unknown): Promise<T> {
  const { client, throwOnError } = api.as(token);
  const headers = { 'Content-Type': 'application/json' };
  const { data } = await client.request({ method, url, security, throwOnError, body, headers });
  return data as T;
}
