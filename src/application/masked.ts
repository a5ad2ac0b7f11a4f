/** Takes secrets out of what is logged or recorded: members with telling names, and tokens inside texts. One rule for both. */
import { types } from 'node:util';

const tellingName =
  /password|passwd|token|secret|authorization|cookie|credential|private.?key|external.?id|saml.?assertion/i;

/**
 * JSON Web Tokens, bearer headers, secrets carried in query strings, and what AWS echoes of a request whose signature it
 * cannot match: the signed headers with the session's token, one a line or escaped, the scope with the key, the signature.
 * Source: Signature Version 4, Authorization header; the message of SignatureDoesNotMatch.
 */
const secretsInText: readonly (readonly [RegExp, string])[] = [
  [/eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '[masked]'],
  [/\bBearer\s+[\w.~+/=-]+/gi, 'Bearer [masked]'],
  [/([?&][\w-]*(?:token|password|secret|signature|session|credential)[\w-]*=)[^&\s"']+/gi, '$1[masked]'],
  [
    /(\b(?:x-amz-security-token|x-amz-signature|authorization)\s*:\s*)(?:AWS4-HMAC-SHA256\s+)?[^\s"'\\;,]+/gi,
    '$1[masked]',
  ],
  [/\b((?:Credential|Signature|ExternalId|SessionToken|SecretAccessKey|Password)=)[^\s,&"']+/gi, '$1[masked]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, '[masked]'],
];

/** What every secret in a text begins with: most texts hold none of it, and one look is cheaper than one a rule. */
const beginnings = /eyJ|bearer|[?&=]|x-amz-s|authorization|AKIA|ASIA/i;

const deepest = 6;

/** The same value with secrets masked; errors become their name, message, stack and cause. */
export function masked(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskedText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[deeper]';
  if (types.isNativeError(value)) return masked(plain(value), depth + 1);
  if (Array.isArray(value)) return value.map((element) => masked(element, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      tellingName.test(name) ? '[masked]' : masked(member, depth + 1),
    ]),
  );
}

/** A text with its secrets masked; the rest stays as it is. */
export function maskedText(text: string): string {
  if (!beginnings.test(text)) return text;
  return secretsInText.reduce((masking, [secret, by]) => masking.replace(secret, by), text);
}

const plain = ({ name, message, stack, cause }: Error): object => ({
  name,
  message,
  stack,
  ...(cause === undefined ? {} : { cause }),
});
