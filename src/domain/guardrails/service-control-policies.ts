/**
 * The service control policies over the customers' unit: what binds every principal of an account, also those that its
 * administrator makes. They hold the baseline's own ARNs with any account in them, so one set serves all accounts.
 */
import { automationRoleName, operationsRoleName, optimizationRoleName, wayInRoleName } from '../baseline/names.js';
import { type PolicyDocument, policy, type Statement } from '../baseline/policy-document.js';
import { protections } from '../baseline/protections.js';
import { supportServices } from '../baseline/reseller-policies.js';
import { type BaselineSettings, roleArn } from '../baseline/settings.js';
import { denial } from '../baseline/statements.js';
import {
  accountActions,
  adviceServices,
  billingServices,
  commitmentServices,
  membershipActions,
  purchases,
} from '../baseline/withheld.js';
import { canonicalText } from '../canonical-json.js';
import { limits } from './limits.js';

export interface Guardrail {
  readonly name: string;
  readonly why: string;
  /** The document as AWS is to store it: JSON without white space, since AWS counts every character. */
  readonly content: string;
}

/** What a guardrail is made of, which one account does not change. */
export type GuardrailSettings = Omit<BaselineSettings, 'accountId' | 'regions'>;

/** A guardrail that AWS would not take. */
export class OversizeGuardrail extends Error {
  override readonly name = 'OversizeGuardrail';
}

/** The guardrails for the customers' unit of any payer. Throws {@link OversizeGuardrail}. */
export function guardrails(settings: GuardrailSettings): readonly Guardrail[] {
  const anyAccount: BaselineSettings = { ...settings, accountId: '*', regions: [] };
  const { prefix } = settings;
  return [
    guardrail(
      `${prefix}GuardrailMembership`,
      membership(anyAccount),
      'The account stays, its identity stays, and nobody is root.',
    ),
    guardrail(
      `${prefix}GuardrailHardening`,
      hardening(anyAccount),
      'What hardens the account is changed by the reseller alone.',
    ),
    guardrail(
      `${prefix}GuardrailBilling`,
      billing(anyAccount),
      'Prices and purchases are the reseller’s, and so is support.',
    ),
  ];
}

function guardrail(name: string, document: PolicyDocument, why: string): Guardrail {
  const content = canonicalText(document);
  if (content.length > limits.characters) {
    const size = `${content.length} characters, at most ${limits.characters} are allowed`;
    throw new OversizeGuardrail(`${name}: ${size}; reseller.prefix may be too long`);
  }
  return { name, why, content };
}

/** What ends an account here; nobody is exempt. */
const leaving = ['account:CloseAccount', 'organizations:AcceptHandshake', 'organizations:LeaveOrganization'];
const others = (actions: readonly string[]) => actions.filter((action) => !leaving.includes(action));

/**
 * Off-boarding moves an account to a unit without this policy, so nobody is exempt from the first statement. The last one
 * leaves the task sessions of AssumeRoot alone. Source: aws-facts §1.8; Organizations User Guide, SCP examples.
 */
const membership = (settings: BaselineSettings): PolicyDocument =>
  policy(
    denial('StayInTheOrganization', leaving),
    except(settings, [], denial('WithholdTheOrganization', others(ofService('organizations', membershipActions)))),
    except(settings, [], denial('KeepTheIdentity', others(ofService('account', accountActions)))),
    {
      ...denial('NobodyIsRoot', ['*']),
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' }, Null: { 'aws:AssumedRoot': 'true' } },
    },
  );

const hardening = (settings: BaselineSettings): PolicyDocument =>
  policy(...protections(settings).map((statement) => except(settings, [], statement)));

function billing(settings: BaselineSettings): PolicyDocument {
  const { prefix } = settings;
  const [analytics, operations] = [optimizationRoleName(prefix), operationsRoleName(prefix)];
  const all = (services: readonly string[]) => services.map((service) => `${service}:*`);
  const withheld = settings.purchases !== 'allowed';
  const prices = withheld ? [...billingServices, ...commitmentServices] : billingServices;
  return policy(
    except(settings, [analytics], denial('WithholdBilling', all(prices))),
    ...(withheld ? [except(settings, [], denial('WithholdPurchases', purchases))] : []),
    except(settings, [analytics, operations], denial('WithholdAdvice', all(adviceServices))),
    except(settings, [operations], denial('WithholdSupport', all(supportServices))),
  );
}

/** The same denial for all but the reseller's way in, its automation, and the named roles. */
function except(settings: BaselineSettings, roles: readonly string[], statement: Statement): Statement {
  const exempt = [wayInRoleName, automationRoleName(settings.prefix), ...roles];
  const arns = exempt.map((name) => roleArn(settings, name));
  return { ...statement, Condition: { ArnNotLike: { 'aws:PrincipalArn': arns } } };
}

const ofService = (service: string, actions: readonly string[]): readonly string[] =>
  actions.map((action) => `${service}:${action}`);
