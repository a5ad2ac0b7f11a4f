/** What the customer's administrator can sign in with. */
export interface Handout {
  readonly generation: number;
  readonly userName: string;
  readonly loginUrl: string;
  readonly expiresAt: string;
  readonly secret: string;
}

interface Issued extends Handout {
  /** ISO time of the fact. */
  readonly issuedAt: string;
}

export type Credentials =
  | ({ readonly state: 'issued' } & Issued)
  | ({ readonly state: 'claimed' } & Issued)
  | ({ readonly state: 'expired' } & Issued)
  | {
      readonly state: 'reissuing';
      readonly generation: number;
      readonly resetMfa: boolean;
      /** ISO time since when the former password may have been replaced or taken away. */
      readonly sentSince: string;
    };
