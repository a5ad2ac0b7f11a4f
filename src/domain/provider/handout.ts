/** What the customer's administrator can sign in with. */
export interface Handout {
  readonly generation: number;
  readonly userName: string;
  readonly loginUrl: string;
  readonly expiresAt: string;
  readonly secret: string;
}

export type Credentials =
  /** `issuedAt` (ISO) is when that was recorded. */
  | ({ readonly state: 'issued' | 'claimed' | 'expired'; readonly issuedAt: string } & Handout)
  | {
      readonly state: 'reissuing';
      readonly generation: number;
      readonly resetMfa: boolean;
      /** ISO time since when the former password may have been replaced or taken away. */
      readonly sentSince: string;
    };
