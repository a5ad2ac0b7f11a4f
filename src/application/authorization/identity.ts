/** Who is calling: a port over the identity provider. People are opaque ids here; names are none of our business. */

export const roles = ['administrator', 'member', 'auditor', 'operator', 'service'] as const;
export type Role = (typeof roles)[number];

export interface Caller {
  /** Issuer and subject, `<issuer>#<subject>`. */
  readonly actor: string;
  /** The opaque subject alone. */
  readonly subject: string;
  /** The organization that an administrator or member belongs to. */
  readonly organization: string | undefined;
  readonly roles: readonly Role[];
  /** What the token of a service says; only of one that has the role. */
  readonly service?: ServiceClaims;
  /** The person for whom a service acts now, an opaque id. */
  readonly onBehalfOf?: string;
  /** Until when the token is good, in milliseconds since the epoch; a connection that stays open is not to outlast it. */
  readonly knownUntil?: number;
}

/** For whom a service works, and whether it may bind them. */
export interface ServiceClaims {
  /** The organizations that the token lists; {@link everyOrganization} stands for all of them. */
  readonly organizations: readonly string[];
  readonly mayAcceptTerms: boolean;
}

/** What the token of a service lists that works for every organization, as a directory of customers does. */
export const everyOrganization = '*';

export interface TokenVerifier {
  /** The caller of a token that was verified a moment ago, at next to no cost; `undefined` of any other. */
  known(token: string): Caller | undefined;
  /** Whose a token was when it was verified last, if it has not expired since; only {@link verify} says whether it is good now. */
  lastKnown(token: string): Caller | undefined;
  /** The caller a bearer token stands for. Throws {@link InvalidToken}, or {@link IdentityUnavailable} when the keys cannot be had. */
  verify(token: string): Promise<Caller>;
}

/** The message says what is wrong with the token, never what it holds. */
export class InvalidToken extends Error {}

export class IdentityUnavailable extends Error {}
