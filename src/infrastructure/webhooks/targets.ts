/** Where webhooks may go: public addresses by https, and networks of one's own where the configuration names them. */
import { isIP } from 'node:net';
import type { WrongField } from '../../domain/refusal.js';
import { isPublic, liesIn, networksOf } from './public-addresses.js';

export interface Targets {
  /** What is wrong with an address, as far as its text tells; `undefined` for nothing. */
  problem(url: string): WrongField | undefined;
  /** Whether a request by this protocol may go to this literal address. */
  allows(address: string, protocol: string): boolean;
}

const longest = 500;

/** The rules with the networks (CIDR) that may be reached beside public addresses, by http as well. */
export function openTargets(privateNetworks: readonly string[]): Targets {
  const own = networksOf(privateNetworks);
  const isOwn = (address: string): boolean => liesIn(own, address);
  const allows = (address: string, protocol: string): boolean =>
    isOwn(address) || (protocol === 'https:' && isPublic(address));
  const plainAllowed = privateNetworks.length > 0;
  const allowed = `an https address of at most ${longest} characters, without user, password, query and fragment, that is public`;
  return {
    allows,
    problem(text) {
      const problem = problemOf(text, plainAllowed) ?? literalProblem(text, allows);
      return problem === undefined ? undefined : { field: 'url', problem, allowed };
    },
  };
}

function problemOf(text: string, plainAllowed: boolean): string | undefined {
  if (text.length > longest) return `has ${text.length} characters`;
  const url = URL.parse(text);
  if (!url) return 'is no web address';
  if (url.username || url.password) return 'holds a user or password';
  if (url.search || url.hash || /[?#]/.test(text)) return 'holds a query or fragment';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && plainAllowed)) return undefined;
  return 'is not https';
}

/** A name is looked up when a request is sent; a literal address would never be, so it is looked at here and then. */
function literalProblem(text: string, allows: Targets['allows']): string | undefined {
  const { protocol, host } = hostOf(text);
  if (isIP(host) === 0) return /(^|\.)localhost\.?$/.test(host) ? localProblem(protocol, allows) : undefined;
  return allows(host, protocol) ? undefined : 'is an address that is not public';
}

const localProblem = (protocol: string, allows: Targets['allows']): string | undefined =>
  allows('127.0.0.1', protocol) || allows('::1', protocol) ? undefined : 'is this machine';

/** The host of a right address: a name, or a literal address without its brackets. */
export function hostOf(text: string): { readonly protocol: string; readonly host: string } {
  const { protocol, hostname } = new URL(text);
  return { protocol, host: hostname.replace(/^\[|\]$/g, '') };
}
