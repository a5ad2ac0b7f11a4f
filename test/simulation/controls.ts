/** Controls: an AWS or a client that is wrong on purpose. The invariants must catch each of them, or they prove nothing. */
import type { Ensures } from '../../src/application/ports/ensures.js';
import { ownerTag } from '../../src/infrastructure/aws/creation/account-index.js';
import type { WireRequest, WireResponse } from '../../src/simulator/engine/core.js';
import type { AwsWorld } from './aws-world.js';
import type { Control } from './control-names.js';
import type { Customer } from './customer.js';
import type { Endpoint } from './network.js';
import type { Rates } from './troubles.js';

/** The troubles that each control needs to show what it does. */
export const troublesOf: Readonly<Record<Control, Partial<Rates>>> = {
  'an AWS without unique e-mails': { 'answer lost': 0.3 },
  'a fresh e-mail for each retry': { 'answer lost': 0.3 },
  'adopting without the owner tag': {},
  'another payer after a time-out': { 'answer lost': 0.5 },
  'UpdateLoginProfile for the first issue': { zombie: 0.3 },
  'a lease that is never taken over': { death: 0.01 },
};

/** AWS as a run sees it. */
export function controlledEndpoint(
  control: Control | undefined,
  aws: AwsWorld,
  customers: readonly Customer[],
): Endpoint {
  switch (control) {
    case 'an AWS without unique e-mails':
      return withoutUniqueEmails(aws);
    case 'a fresh e-mail for each retry':
      return withFreshEmails(aws);
    case 'adopting without the owner tag':
      return tagging(aws, customers);
    case 'UpdateLoginProfile for the first issue':
      return updating(aws);
    default:
      return aws.handle;
  }
}

const operationIs = ({ headers }: WireRequest, operation: string): boolean =>
  headers['x-amz-target']?.endsWith(`.${operation}`) ?? false;

const textOf = ({ body }: WireRequest): string => Buffer.from(body).toString();
const withText = (request: WireRequest, text: string): WireRequest => ({ ...request, body: Buffer.from(text) });

/** An e-mail that is taken is no hindrance: behind the scenes the account gets another, and answers show the one asked for. */
function withoutUniqueEmails(aws: AwsWorld): Endpoint {
  const made = (name: string): number =>
    aws.creations().filter(({ accountName, outcome }) => accountName === name && 'accountId' in outcome).length;
  const fresh = renewing(aws, made);
  return (request) => {
    const response = fresh(request);
    return { ...response, body: response.body.replace(/\.again\d+@/g, '@') };
  };
}

/** The second and every later request for an account of one name carries another e-mail. */
function withFreshEmails(aws: AwsWorld): Endpoint {
  const sent = new Map<string, number>();
  return renewing(aws, (name) => {
    const before = sent.get(name) ?? 0;
    sent.set(name, before + 1);
    return before;
  });
}

/** Gives a request for an account of a name another e-mail when there were so many before. */
function renewing(aws: AwsWorld, before: (name: string) => number): Endpoint {
  return (request) => {
    if (!operationIs(request, 'CreateAccount')) return aws.handle(request);
    const { AccountName } = JSON.parse(textOf(request)) as { AccountName: string };
    const count = before(AccountName);
    const fresh = textOf(request).replace(/"Email":"([^"@]+)@/, `"Email":"$1.again${count}@`);
    return aws.handle(count === 0 ? request : withText(request, fresh));
  };
}

/** Whatever account is looked at seems to bear our tag. */
function tagging(aws: AwsWorld, customers: readonly Customer[]): Endpoint {
  return (request): WireResponse => {
    const response = aws.handle(request);
    if (!operationIs(request, 'ListTagsForResource') || response.status !== 200) return response;
    const { ResourceId } = JSON.parse(textOf(request)) as { ResourceId: string };
    const account = aws.accounts().find(({ id }) => id === ResourceId);
    const owner = customers.find(({ rootEmail }) => rootEmail === account?.email);
    if (!owner) return response;
    return { ...response, body: JSON.stringify({ Tags: [{ Key: ownerTag, Value: owner.providerId }] }) };
  };
}

/** A first password that is there already is replaced. */
function updating(aws: AwsWorld): Endpoint {
  return (request) => {
    const response = aws.handle(request);
    const first = textOf(request).includes('Action=CreateLoginProfile');
    if (!first || !response.body.includes('EntityAlreadyExists')) return response;
    return aws.handle(withText(request, textOf(request).replace('CreateLoginProfile', 'UpdateLoginProfile')));
  };
}

/** The steps as a run has them. */
export function controlledEnsures(control: Control | undefined, ensures: Ensures): Ensures {
  if (control !== 'another payer after a time-out') return ensures;
  return {
    ...ensures,
    async CreateAccount(work, attempt) {
      const result = await ensures.CreateAccount(work, attempt);
      const lost = result.kind === 'later' && result.call?.error.startsWith('Timeout');
      if (!lost) return result;
      const { payerId } = work;
      return {
        kind: 'fact',
        event: { type: 'PayerRefused', payerId, reason: 'timed-out', words: 'It took too long.' },
      };
    },
  };
}
