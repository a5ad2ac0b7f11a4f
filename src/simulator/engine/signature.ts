/** Signature Version 4 as far as a simulator reads it: who signs, when, for which service and region. Nothing is verified. */
import { AwsError, type WireRequest } from './core.js';
import { troubleOf } from './dialects.js';

export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  /** The name requests are signed for, such as `iam` or `s3`. */
  readonly service: string;
  readonly sessionToken: string | undefined;
  /** As in `X-Amz-Date`, such as `20261001T120000Z`. */
  readonly signedAt: string;
}

const credential = /Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;
const compactTime = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** Whether a request carries a signature of version 4 in its header, whole or not. */
export const isSigned = ({ headers }: WireRequest): boolean =>
  headers.authorization?.startsWith('AWS4-HMAC-SHA256') === true;

/**
 * Reads the signature of a request, or nothing when it carries none.
 * Throws IncompleteSignature when it carries half of one. Source: AWS General Reference, Signature Version 4.
 */
export function signatureOf(request: WireRequest): Signature | undefined {
  if (!isSigned(request)) return undefined;
  const authorization = request.headers.authorization ?? '';
  const [, accessKeyId, , region, service] = credential.exec(authorization) ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) {
    throw new AwsError(
      'IncompleteSignature',
      400,
      "Authorization header requires 'Credential' parameter with a scope.",
    );
  }
  const signedAt = request.headers['x-amz-date'];
  if (signedAt === undefined || !compactTime.test(signedAt)) {
    throw new AwsError(
      'IncompleteSignature',
      400,
      "Authorization header requires existence of a valid 'X-Amz-Date' header.",
    );
  }
  return { accessKeyId, region, service, sessionToken: request.headers['x-amz-security-token'], signedAt };
}

/** A moment as Signature Version 4 writes it. */
export function signingTime(now: number): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

const minuteMs = 60_000;

/**
 * Refuses a signature whose time is too far from the simulator's clock: 5 minutes, for S3 15.
 * Source: AWS General Reference, Signature Version 4 troubleshooting; S3 API, RequestTimeTooSkewed.
 */
export function refuseSkewed({ service, signedAt }: Signature, now: number): void {
  const allowedMinutes = service === 's3' ? 15 : 5;
  const aheadMs = Date.parse(signedAt.replace(compactTime, '$1-$2-$3T$4:$5:$6Z')) - now;
  if (Math.abs(aheadMs) <= allowedMinutes * minuteMs) return;
  const here = signingTime(now);
  const limit = signingTime(now + Math.sign(aheadMs) * allowedMinutes * minuteMs);
  const words =
    aheadMs > 0
      ? `Signature not yet current: ${signedAt} is still later than ${limit} (${here} + ${allowedMinutes} min.)`
      : `Signature expired: ${signedAt} is now earlier than ${limit} (${here} - ${allowedMinutes} min.)`;
  throw troubleOf(service, 'skewed-clock', service === 's3' ? undefined : words);
}
