/** A refusal inside an account is explained only once Organizations has said whether the account lives, and how old it is. */
import type { Account, OrganizationsClient } from '@aws-sdk/client-organizations';
import { endOf } from '../../../domain/provider/account-state.js';
import { describeAccount, stateOf } from './account-state.js';
import { classify } from './errors.js';
import { type Explanation, explained } from './explained-error.js';
import type { Around } from './watched-calls.js';

interface Life {
  readonly accountId: string;
  /** Of the account's payer; throws when the configuration holds no such payer. */
  readonly organizations: () => OrganizationsClient;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** AWS may take so long to switch on the services of a new account. Source: AWS Knowledge Center, account activation. */
const youngForMs = 24 * 3_600_000;
/** One read serves all calls that are refused together. */
const lookAtMostEveryMs = 5_000;

const explanations = { closed: 'AccountClosed', suspended: 'AccountSuspended' } as const satisfies Record<
  string,
  Explanation
>;

/** Stands around the calls inside an account, whichever role of it signs them. */
export function accountLife({ accountId, organizations, now }: Life): Around {
  let looked: { readonly at: number; readonly account: Promise<Account | undefined> } | undefined;
  const read = (): Promise<Account | undefined> => {
    const at = now();
    if (!looked || at - looked.at >= lookAtMostEveryMs)
      // Where Organizations does not answer either, AWS's first refusal stands as it is.
      looked = {
        at,
        account: Promise.resolve()
          .then(() => describeAccount(organizations(), accountId))
          .catch(() => undefined),
      };
    return looked.account;
  };
  return {
    async keep(_operation, call) {
      try {
        return await call();
      } catch (error) {
        const { kind } = classify(error);
        if (kind !== 'denied' && kind !== 'young-account') throw error;
        const account = await read();
        if (!account) throw error;
        const state = stateOf(account);
        const end = endOf(state);
        if (end) throw explained(explanations[end.kind], error, `account ${accountId} is ${state}: `, state);
        if (kind === 'young-account' && !mayBeYoung(account, now()))
          throw explained('AccountNotServed', error, `account ${accountId} is ${state} and not new: `);
        throw error;
      }
    },
  };
}

/** Only an account that was made here can be too young: one that was invited had its services before. */
const mayBeYoung = ({ JoinedMethod, JoinedTimestamp }: Account, now: number): boolean =>
  JoinedMethod === 'CREATED' && now - (JoinedTimestamp?.getTime() ?? now) < youngForMs;
