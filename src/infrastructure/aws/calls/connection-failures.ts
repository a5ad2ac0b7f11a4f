/** Why no connection to AWS came about, or none that could be understood: told apart from an answer that was lost. */
import { readError } from './read-error.js';

interface Cause {
  /** What an operator does about it. */
  readonly advice: string;
  readonly codes: readonly string[];
  /** Whether the request may have been sent all the same, so that AWS may have acted on it. */
  readonly mayBeSent: boolean;
}

/** Source: Node.js, `tls` (X509 certificate error codes), `errors`, `dns`; llhttp's error names. */
const connectionFailures: Readonly<Record<string, Cause>> = {
  certificate: {
    advice:
      'The certificate of the endpoint of AWS is not trusted. Where a proxy or an authority of your own stands between, ' +
      'name the file of its certificate in NODE_EXTRA_CA_CERTS and start again.',
    codes: [
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'CERT_REJECTED',
      'CERT_REVOKED',
      'CERT_SIGNATURE_FAILURE',
      'CERT_UNTRUSTED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'INVALID_CA',
      'INVALID_PURPOSE',
      'PATH_LENGTH_EXCEEDED',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    mayBeSent: false,
  },
  'host name': {
    advice:
      'The certificate that answers is for another host name. Look at aws.endpoint (PARTNER_CLOUD_AWS_ENDPOINT), at the ' +
      'name service and at what stands between.',
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    mayBeSent: false,
  },
  handshake: {
    advice:
      'What answers at the endpoint of AWS does not speak TLS. Look at http and https in aws.endpoint ' +
      '(PARTNER_CLOUD_AWS_ENDPOINT) and in HTTPS_PROXY.',
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_UNSUPPORTED_PROTOCOL'],
    mayBeSent: false,
  },
  protocol: {
    advice:
      'What answers at the endpoint of AWS is not AWS: its answer cannot be read. Look at aws.endpoint ' +
      '(PARTNER_CLOUD_AWS_ENDPOINT), at HTTPS_PROXY and at what stands between.',
    codes: ['EPROTO', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'ERR_HTTP_PARSE'],
    mayBeSent: true,
  },
  proxy: {
    advice: 'The proxy named in HTTPS_PROXY or HTTP_PROXY does not let this service through to AWS.',
    codes: ['ERR_PROXY_TUNNEL', 'ERR_PROXY_INVALID_CONFIG'],
    mayBeSent: false,
  },
  refused: {
    advice:
      'Nothing listens where AWS should be, or no way leads there. Look at aws.endpoint (PARTNER_CLOUD_AWS_ENDPOINT), at ' +
      'HTTPS_PROXY and at the firewall.',
    codes: ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'],
    mayBeSent: false,
  },
  'name service': {
    advice:
      'The host name of AWS cannot be resolved. Look at aws.endpoint (PARTNER_CLOUD_AWS_ENDPOINT) and at the name service.',
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NONAME'],
    mayBeSent: false,
  },
};

const causeByCode: ReadonlyMap<string, Cause> = new Map(
  Object.values(connectionFailures).flatMap((cause) => cause.codes.map((code) => [code, cause] as const)),
);
/** A parser of HTTP, JSON or XML that could not read the answer. */
const unread = connectionFailures.protocol;

/** The cause by its code; undefined where the connection came about. `EHOSTUNREACH` and its like count at `connect` only. */
function causeOf(error: unknown): Cause | undefined {
  const { code, systemCall, status } = readError(error);
  const cause = code.startsWith('HPE_') ? unread : causeByCode.get(code);
  if (cause) return code.endsWith('UNREACH') && systemCall !== 'connect' ? undefined : cause;
  return status !== undefined && status < 400 ? unread : undefined;
}

/** Whether no connection came about, or one to something that is not AWS. */
export const noConnection = (error: unknown): boolean => causeOf(error) !== undefined;

/** What an operator does about a connection that did not come about; `undefined` where it did. */
export const connectionAdvice = (error: unknown): string | undefined => causeOf(error)?.advice;

/** Said by the SDK's handler when the time to connect is over. Source: @smithy/node-http-handler, setConnectionTimeout. */
const notConnectedInTime = /did not establish a connection/;

/** Whether the request certainly never left this machine, so that AWS cannot have acted on it. */
export function neverSent(error: unknown): boolean {
  const cause = causeOf(error);
  return cause ? !cause.mayBeSent : notConnectedInTime.test(readError(error).message);
}
