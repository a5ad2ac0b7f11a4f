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
}

export interface TokenVerifier {
  /** The caller a bearer token stands for. Throws {@link InvalidToken}, or {@link IdentityUnavailable} when the keys cannot be had. */
  verify(token: string): Promise<Caller>;
}

/** The message says what is wrong with the token, never what it holds. */
export class InvalidToken extends Error {}

export class IdentityUnavailable extends Error {}
