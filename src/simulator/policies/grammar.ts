/** The grammar of policies: from JSON text to statements, or a sentence that says what is wrong with it. */
import { LRUCache } from 'lru-cache';
import {
  actionsOf,
  conditionOf,
  listOf,
  PolicyFault,
  type PolicyUse,
  principalOf,
  record,
  resourcesOf,
  type Statement,
  sidOf,
} from './elements.js';

/** Which elements a statement must have and may not have, by what the policy is attached to. */
const rules: Readonly<
  Record<PolicyUse, { readonly required: readonly string[]; readonly prohibited: readonly string[] }>
> = {
  identity: { required: ['Action', 'Resource'], prohibited: ['Principal', 'NotPrincipal'] },
  trust: { required: ['Principal', 'Action'], prohibited: ['Resource', 'NotResource'] },
  bucket: { required: ['Principal', 'Action', 'Resource'], prohibited: [] },
  // Source: Organizations User Guide, SCP syntax: since 2025-09-19 the whole language of identity policies.
  'service-control': { required: ['Action', 'Resource'], prohibited: ['Principal', 'NotPrincipal'] },
  // Source: Organizations User Guide, RCP syntax.
  'resource-control': { required: ['Principal', 'Action', 'Resource'], prohibited: ['NotPrincipal', 'NotAction'] },
};

const elements = [
  'Sid',
  'Effect',
  'Condition',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
];

/** Policies that were read before: each call is held against the same few dozen. */
const read = new LRUCache<string, readonly Statement[]>({ max: 2000 });

/**
 * The statements of a policy; throws {@link PolicyFault} when the text breaks the grammar.
 * Source: IAM User Guide, Grammar of the IAM JSON policy language.
 */
export function parsePolicy(text: string, use: PolicyUse): readonly Statement[] {
  const key = `${use} ${text}`;
  const known = read.get(key);
  if (known) return known;
  const statements = statementsOf(text, use);
  read.set(key, statements);
  return statements;
}

function statementsOf(text: string, use: PolicyUse): readonly Statement[] {
  const root = record(jsonOf(text), 'This policy contains invalid Json');
  const strange = Object.keys(root).filter((name) => !['Version', 'Id', 'Statement'].includes(name));
  if (strange.length > 0) throw new PolicyFault(`Syntax error: unknown element ${strange[0]} in the policy.`);
  if (root.Version !== undefined && root.Version !== '2012-10-17' && root.Version !== '2008-10-17') {
    throw new PolicyFault('Syntax error: Version must be 2012-10-17 or 2008-10-17.');
  }
  if (use.endsWith('-control') && root.Version !== '2012-10-17') {
    throw new PolicyFault('Syntax error: Version must be 2012-10-17.');
  }
  const statements = listOf(root.Statement);
  if (statements.length === 0) throw new PolicyFault('Syntax error: the policy has no Statement.');
  const parsed = statements.map((statement) =>
    statementOf(record(statement, 'Syntax error in a Statement.'), use, root.Version),
  );
  if (use === 'resource-control') parsed.forEach(checkResourceControl);
  const sids = parsed.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  if (new Set(sids).size < sids.length) throw new PolicyFault('Statement IDs (SID) in a single policy must be unique.');
  return parsed;
}

/** What an RCP of a customer may say. Source: Organizations User Guide, RCP syntax. */
function checkResourceControl({ Effect, Principal, Action = [] }: Statement): void {
  if (Effect !== 'Deny') throw new PolicyFault('A resource control policy can only deny.');
  if (!Principal?.AWS?.includes('*')) throw new PolicyFault('The Principal of a resource control policy must be "*".');
  if (Action.includes('*')) throw new PolicyFault('The Action of a resource control policy must name a service.');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyFault('This policy contains invalid Json');
  }
}

function statementOf(statement: Readonly<Record<string, unknown>>, use: PolicyUse, version: unknown): Statement {
  const { required, prohibited } = rules[use];
  const names = Object.keys(statement);
  const strange = names.find((name) => !elements.includes(name));
  if (strange) throw new PolicyFault(`Syntax error: unknown element ${strange} in a Statement.`);
  const banned = names.find((name) => prohibited.includes(name));
  if (banned) throw new PolicyFault(`Has prohibited field ${banned}`);
  const absent = required.find((name) => !(name in statement) && !(`Not${name}` in statement));
  if (absent) throw new PolicyFault(`Missing required field ${absent}`);
  const both = required.find((name) => name in statement && `Not${name}` in statement);
  if (both) throw new PolicyFault(`Syntax error: a Statement cannot have both ${both} and Not${both}.`);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new PolicyFault('Missing required field Effect: it must be Allow or Deny.');
  }
  return {
    Sid: sidOf(statement.Sid, use),
    Effect: statement.Effect,
    Principal: principalOf(statement.Principal),
    NotPrincipal: principalOf(statement.NotPrincipal),
    Action: actionsOf(statement.Action),
    NotAction: actionsOf(statement.NotAction),
    Resource: resourcesOf(statement.Resource, use),
    NotResource: resourcesOf(statement.NotResource, use),
    Condition: conditionOf(statement.Condition),
    usesVariables: version === '2012-10-17',
  };
}
