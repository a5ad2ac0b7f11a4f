/** Whether what AWS writes to the root users of new accounts can arrive. */
import { about, type CheckResult } from '../../infrastructure/aws/preflight/check-result.js';
import { type MailDomain, mailDomain } from '../../infrastructure/mail/mail-domain.js';

const readBySomebody =
  'Send a letter to an address of the pattern and see that it arrives: nobody else ever gets the root user.';

/** Looks at the domain of the pattern; `server` is the name server to ask, that of the machine unless given. */
export async function mailCheck(rootEmailPattern: string, server?: string): Promise<CheckResult> {
  const domain = rootEmailPattern.split('@')[1] ?? '';
  const finding = about('own', 'e-mail domain');
  const found = await mailDomain(domain, server);
  const [level, words] = saying[found.kind](domain, found as never);
  return level === 'ok' ? finding.ok(words) : finding[level](words, advice[found.kind]);
}

type Said = readonly ['ok' | 'warning' | 'error', string];

const saying: {
  readonly [K in MailDomain['kind']]: (domain: string, found: Extract<MailDomain, { kind: K }>) => Said;
} = {
  receives: (domain, { servers }) => ['ok', `${domain} takes mail at ${servers.join(', ')}`],
  implicit: (domain) => ['warning', `${domain} names no mail server; mail goes to the domain's own address`],
  refuses: (domain) => ['error', `${domain} says that it takes no mail`],
  absent: (domain) => ['error', `${domain} is no domain that can be found`],
  reserved: (domain) => ['error', `${domain} is reserved for examples; no mail ever arrives there`],
  unknown: (domain, { code }) => ['warning', `${domain} cannot be looked up (${code})`],
};

const advice: Readonly<Record<MailDomain['kind'], string>> = {
  receives: '',
  implicit: `Give it an MX record. ${readBySomebody}`,
  refuses: 'Write a domain into rootEmailPattern whose mail you receive.',
  absent: 'Write a domain into rootEmailPattern whose mail you receive.',
  reserved: 'Write a domain into rootEmailPattern whose mail you receive.',
  unknown: readBySomebody,
};
