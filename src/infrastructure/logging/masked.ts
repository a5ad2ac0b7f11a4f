/** Takes secrets out of what is to be logged: members with telling names, and tokens inside texts. */
import { types } from 'node:util';

const tellingName = /password|passwd|token|secret|authorization|cookie|credential|private.?key/i;

/** JSON Web Tokens, bearer headers, and secrets carried in query strings. */
const secretsInText: readonly (readonly [RegExp, string])[] = [
  [/eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '[masked]'],
  [/\bBearer\s+[\w.~+/=-]+/gi, 'Bearer [masked]'],
  [/([?&][\w-]*(?:token|password|secret|signature|session)[\w-]*=)[^&\s"']+/gi, '$1[masked]'],
];

/** What every secret in a text begins with: most texts hold none of it, and one look is cheaper than three. */
const beginnings = /eyJ|bearer|[?&]/i;

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

function maskedText(text: string): string {
  if (!beginnings.test(text)) return text;
  return secretsInText.reduce((masking, [secret, by]) => masking.replace(secret, by), text);
}

const plain = ({ name, message, stack, cause }: Error): object => ({
  name,
  message,
  stack,
  ...(cause === undefined ? {} : { cause }),
});
