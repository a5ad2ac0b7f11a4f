/** Whether mail can arrive at a domain, as far as DNS says. */
import { Resolver } from 'node:dns/promises';

export type MailDomain =
  | { readonly kind: 'receives'; readonly servers: readonly string[] }
  /** There is no MX record, and mail goes to the address of the domain itself. Source: RFC 5321, section 5.1. */
  | { readonly kind: 'implicit' }
  /** The domain says that it takes no mail. Source: RFC 7505. */
  | { readonly kind: 'refuses' }
  | { readonly kind: 'absent' }
  /** Nobody can have it. Source: RFC 2606, RFC 6761. */
  | { readonly kind: 'reserved' }
  | { readonly kind: 'unknown'; readonly code: string };

const reserved = /(^|\.)(example|invalid|localhost|test|local|example\.(com|net|org))$/i;
const timeout = { timeout: 3_000, tries: 2 };
const absent: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the name servers of the machine, or the given one (`host:port`). It never throws. */
export async function mailDomain(domain: string, server?: string): Promise<MailDomain> {
  if (reserved.test(domain)) return { kind: 'reserved' };
  const resolver = new Resolver(timeout);
  if (server !== undefined) resolver.setServers([server]);
  try {
    const servers = (await resolver.resolveMx(domain)).sort((a, b) => a.priority - b.priority);
    if (servers.every(({ exchange }) => exchange === '' || exchange === '.')) return { kind: 'refuses' };
    return { kind: 'receives', servers: servers.map(({ exchange }) => exchange) };
  } catch (error) {
    const code = codeOf(error);
    if (!absent.has(code)) return { kind: 'unknown', code };
    return (await hasAddress(resolver, domain)) ? { kind: 'implicit' } : { kind: 'absent' };
  }
}

async function hasAddress(resolver: Resolver, domain: string): Promise<boolean> {
  const found = await Promise.allSettled([resolver.resolve4(domain), resolver.resolve6(domain)]);
  return found.some((each) => each.status === 'fulfilled' && each.value.length > 0);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
