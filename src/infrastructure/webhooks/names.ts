/** Looks names of receivers up at the name servers, in bounded time. */
import { type LookupAddress, Resolver } from 'node:dns';

export type LookupAll = (
  host: string,
  options: { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

const patience = { timeout: 2_000, tries: 2 };

/**
 * All addresses of a name, without a thread of the process: `dns.lookup` has two of them for everybody, and a receiver's name
 * server that never answers would hold them while AWS waits for one. Names of the machine's own hosts file are not known here.
 * Source: Node.js, "dns", implementation considerations.
 */
export function namesByServers(): LookupAll {
  const resolver = new Resolver(patience);
  return (host, _options, done) => {
    const found: LookupAddress[] = [];
    let [open, failure]: [number, NodeJS.ErrnoException | null] = [2, null];
    const one =
      (family: 4 | 6) =>
      (error: NodeJS.ErrnoException | null, addresses: string[] = []): void => {
        if (error) failure ??= error;
        else found.push(...addresses.map((address) => ({ address, family })));
        if (--open === 0) done(found.length > 0 ? null : failure, found);
      };
    resolver.resolve4(host, one(4));
    resolver.resolve6(host, one(6));
  };
}
