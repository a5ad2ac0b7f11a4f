/** The calls that a page is about to make, for whoever would rather type them. */

interface Call {
  readonly method: 'POST';
  readonly path: string;
  readonly key?: string;
  readonly body: unknown;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** One command for a POSIX shell; the token is left to the caller's own variable. */
export function curlOf(origin: string, { method, path, key, body }: Call): string {
  const lines = [
    `curl -X ${method} ${quoted(origin + path)}`,
    `-H "authorization: Bearer $TOKEN"`,
    `-H 'content-type: application/json'`,
    ...(key === undefined ? [] : [`-H ${quoted(`idempotency-key: ${key}`)}`]),
    `-d ${quoted(JSON.stringify(body))}`,
  ];
  return lines.join(' \\\n  ');
}
