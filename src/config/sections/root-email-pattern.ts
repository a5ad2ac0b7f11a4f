/** The root user's e-mail of each new account, as a pattern that AWS will take for every token. */
import { Is } from '../decorators.js';
import type { Rule } from '../rules.js';
import { plainSection } from '../section.js';

/** As long as every provider's token; see accountToken. */
const sampleToken = '0'.repeat(26);

const longest = 64;

/**
 * A pattern with `{token}` once, which makes an e-mail AWS accepts. Capital letters are refused, because AWS compares
 * e-mails without regard to case. Source: Organizations API, CreateAccount, Email.
 */
const pattern: Rule = {
  allowed: `an e-mail in small letters with {token} in it once, at most ${longest} characters once the token of 26 is in`,
  problem(value) {
    if (value === undefined) return 'is missing';
    if (typeof value !== 'string') return 'is not text';
    const holes = value.split('{token}').length - 1;
    if (holes !== 1) return holes === 0 ? 'has no {token}' : `has {token} ${holes} times`;
    return problemOf(value.replace('{token}', sampleToken));
  },
};

function problemOf(email: string): string | undefined {
  if (email.length > longest) return `makes e-mails of ${email.length} characters`;
  const [local, domain, ...more] = email.split('@');
  if (!local || domain === undefined || more.length > 0) return 'does not make an e-mail with exactly one @';
  if (!/^[\x21-\x7e]+$/.test(local) || /["'()[\]:;,\\|%&{}]/.test(local) || local.startsWith('.'))
    return 'has a character before the @ that AWS refuses';
  if (!/^[A-Za-z0-9.-]+$/.test(domain) || !domain.includes('.') || /^[.-]|[.-]$|\.\./.test(domain))
    return 'has no proper domain after the @';
  return email === email.toLowerCase() ? undefined : 'has capital letters';
}

export const rootEmailPattern = plainSection<string>(Is(pattern));
