/** Why a provider has nothing to use yet, in words for the person who asked for it. */
import { type Provider, underneath } from './stages.js';

/** Why there are no credentials and no console, where that is not just a matter of a moment; `undefined` otherwise. */
export function notThereYet(provider: Provider): string | undefined {
  switch (provider.stage) {
    case 'refused':
      return 'This request was refused, so there is no AWS account.';
    case 'withdrawn':
      return 'This provider was withdrawn, so there is no AWS account.';
    case 'requested':
      return 'The terms are not accepted yet; the AWS account is made once they are.';
    case 'halted':
      return underneath(provider).stage === 'active'
        ? undefined
        : 'This provider has halted before it was done; its status says why. It goes on once it is resumed.';
    default:
      return undefined;
  }
}

/** Said where credentials are still to come. */
export const noCredentialsYet = 'There are no credentials yet; they are issued once the account is hardened.';
