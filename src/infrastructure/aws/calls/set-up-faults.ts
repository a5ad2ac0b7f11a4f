/** Tells a fault of our set-up at AWS from the youth of an account: the same names mean one or the other by whose call it is. */
import type { HealthSource } from '../../../application/ports/health.js';
import { classify, type ErrorKind } from './errors.js';
import { explained, saidByAws } from './explained-error.js';
import { readError } from './read-error.js';
import { type Around, callOf } from './watched-calls.js';

/** A client whose calls concern our own account or a payer's. */
export interface OurClient {
  /** Whose account signs, for people: `our own account 210987654321`, `payer-1 (111122223333)`. */
  readonly whose: string;
  readonly region: string;
  /** Twelve digits each: our own account and those of all payers. */
  readonly ourAccounts: ReadonlySet<string>;
}

/** Source: STS API, AssumeRole, RegionDisabledException: it names the account whose administrator must act. */
const namedAccount = /\baccount:?\s*(\d{12})\b/;

/** Stands around the calls of such a client, and makes names of youth there a fault of the set-up. */
export const setUpFaults = ({ whose, region, ourAccounts }: OurClient): Around => ({
  async keep(_operation, call, input) {
    try {
      return await call();
    } catch (error) {
      if (classify(error).kind !== 'young-account' || concernsCustomer(error, input, ourAccounts)) throw error;
      throw explained('SetUpRefused', error, `${whose} in ${region}: `);
    }
  },
});

/** A role of a customer's account is asked for, and AWS names no other account as the one that it does not serve. */
function concernsCustomer(error: unknown, input: object, ourAccounts: ReadonlySet<string>): boolean {
  const roleArn = 'RoleArn' in input && typeof input.RoleArn === 'string' ? input.RoleArn : '';
  const asked = roleArn.split(':')[4];
  if (!asked || ourAccounts.has(asked)) return false;
  const named = namedAccount.exec(error instanceof Error ? error.message : '')?.[1];
  return named === undefined || named === asked;
}

/** What an operator must mend before any account can be made or reached. */
const ofOurs: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['set-up', 'own-credentials', 'unreachable']);

/** What stands between this service and AWS at the moment, as its own calls and those to payers have met it last. */
export class SetUpHealth implements HealthSource {
  readonly name = 'aws';
  readonly #problems = new Map<string, string>();

  /** Stands around the calls of one client to a region; the client is named for people. */
  around(client: string, region: string): Around {
    return {
      keep: async (operation, call) => {
        try {
          const answer = await call();
          this.#problems.delete(client);
          return answer;
        } catch (error) {
          if (ofOurs.has(classify(error).kind))
            this.#problems.set(
              client,
              `${client}: ${metIn(error, operation)} in ${region} ended with ${nameOf(error)}`,
            );
          throw error;
        }
      },
    };
  }

  /** The first problem that lasts. */
  degraded(): string | undefined {
    return this.#problems.values().next().value;
  }
}

const metIn = (error: unknown, operation: string): string => callOf(error)?.operation ?? operation;

/** As AWS or the connection named it. */
function nameOf(error: unknown): string {
  const { code, name } = readError(saidByAws(error));
  return code || name;
}
