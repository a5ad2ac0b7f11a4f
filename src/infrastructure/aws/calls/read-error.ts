/** Reads the members that errors of the SDK and of sockets carry, wherever they sit. */

export interface ErrorMembers {
  /** AWS's name of the error without a trailing `Exception`. */
  readonly name: string;
  /** The code of a socket, of TLS or of a parser; empty where there is none. */
  readonly code: string;
  /** The system call that failed, such as `connect`; empty where there is none. */
  readonly systemCall: string;
  readonly message: string;
  readonly reason: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** Whether the SDK tried to send the request, so that having no status means having no answer. */
  readonly sent: boolean;
}

/** Reads shapes and not classes, because a class of the SDK may be there twice. */
export function readError(thrown: unknown): ErrorMembers {
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : { message: thrown };
  const inner: Thrown = typeof error.cause === 'object' && error.cause !== null ? error.cause : {};
  return {
    name: textOf(error.name, 'Unknown').replace(/(?<=.)Exception$/, ''),
    code: textOf(error.code, textOf(inner.code, '')),
    systemCall: textOf(error.syscall, textOf(inner.syscall, '')),
    message: textOf(error.message, ''),
    reason: typeof error.Reason === 'string' ? error.Reason : undefined,
    status: error.$metadata?.httpStatusCode,
    requestId: error.$metadata?.requestId,
    sent: error.$metadata !== undefined,
  };
}

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

interface Thrown {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly Reason?: unknown;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}
