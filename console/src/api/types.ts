/** The answers that pages work with, under the names that pages use. */
import type {
  ListOptionsResponse,
  ReadProviderResponse,
  ReadTermsResponse,
  RevealCredentialsResponse,
} from '../../../src/client/generated/types.gen.js';

export type Status = ReadProviderResponse;
export type Step = Status['steps'][number];
export type Halt = NonNullable<Status['halt']>;
export type FailedCall = NonNullable<Halt['call']>;
export type TermsDocument = ReadTermsResponse['documents'][number];
export type Option = ListOptionsResponse['items'][number];
export type Revealed = RevealCredentialsResponse;

/** One fact of a provider, as its history and live changes tell it. */
export interface Fact {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly role: string;
  /** The person for whom a service did it. */
  readonly onBehalfOf?: string;
  readonly data: Readonly<Record<string, unknown>>;
}
