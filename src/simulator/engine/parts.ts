/** What the simulated AWS is made of: its services and its world, each written in its own file. */
import type { Call, Documents, Principal, Service, WireRequest, WireResponse } from './core.js';

/** What the federation endpoint gets to work with. */
export interface FederationContext {
  readonly documents: Documents;
  readonly now: number;
  readonly uniqueId: (length: number) => string;
}

export interface Parts {
  readonly services: readonly Service[];
  /** The service of a name that is not simulated, as far as the request shows how it speaks. */
  readonly unknownService: (name: string, request: WireRequest) => Service;
  /** Puts the accounts, organizations and roles of a first start into empty documents. */
  readonly furnish: (documents: Documents, now: number) => void;
  /** Who signed, or an AwsError InvalidClientTokenId or ExpiredToken. */
  readonly principalOf: (
    documents: Documents,
    accessKeyId: string,
    sessionToken: string | undefined,
    now: number,
  ) => Principal;
  /** Throws the service's own error when the policies in force do not allow the call. */
  readonly authorize: (call: Call) => void;
  /** Throws the service's own error while nothing can be done in the account: too young, suspended or closed. */
  readonly refuseAccount: (call: Call) => void;
  readonly federation: (request: WireRequest, context: FederationContext) => WireResponse;
}
