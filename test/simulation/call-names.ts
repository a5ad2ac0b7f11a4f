/** What a request asks for, read off the wire. */
import type { SdkRequest } from '../../src/simulator/engine/request-handler.js';

/** Such as `CreateAccount`, or `PUT /bucket` for S3, which names no operations. */
export function callOf({ method, path, headers, body, query }: SdkRequest): string {
  const target = headers['x-amz-target'] ?? headers['X-Amz-Target'];
  if (target !== undefined) return target.split('.').at(-1) ?? target;
  const [, action] = /(?:^|&)Action=(\w+)/.exec(textOf(body)) ?? [];
  return (
    action ??
    `${method} ${path}${Object.keys(query ?? {})
      .map((name) => `?${name}`)
      .join('')}`
  );
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  return ArrayBuffer.isView(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString() : '';
}
