/** Examples of inputs and answers, put together from their schemas: what a member is like is said once, by its name. */

/** A JSON Schema, as far as examples depend on it. */
interface Schema {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const id = '3092de38-07c2-53d5-9a6d-52763aacaf35';
const digest = '9a61780f2b0c4f1a6d1f0a3c5be7d9e86f4a2c1b3d5e7f90a1b2c3d4e5f60718';
const position = '2e8dff17-e16d-414e-a63c-456f2c84526f:18';

const members: Readonly<Record<string, unknown>> = {
  organization: 'acme',
  name: 'Production',
  territory: 'US',
  code: 'US',
  officeTerritories: 'US',
  territories: 'US',
  origin: 'new',
  stage: 'active',
  version: '2018-07',
  digest: [digest, `jcs1:${digest}`],
  hash: digest,
  root: digest,
  id,
  providerId: id,
  canaries: id,
  position,
  payerId: 'payer-1',
  accountId: '123456789012',
  roles: 'administrator',
  subject: 'u-2c85d1e6f09b',
  onBehalfOf: 'u-7f3a91c04be2',
  organizations: 'acme',
  actor: 'https://demo.partner-cloud.example#u-7f3a91c04be2',
  role: 'administrator',
  userName: 'administrator',
  temporaryPassword: 'Correct-Horse-9-Battery',
  loginUrl: 'https://123456789012.signin.aws.amazon.com/console',
  contact: 'https://support.reseller.example/partner-cloud',
  words: 'Words for a person.',
  reason: 'Looked into by the operator on call.',
  stream: `provider-${id}`,
  url: ['https://signin.aws.amazon.com/federation?Action=login', 'https://hooks.customer.example/partner-cloud'],
  title: 'Create the AWS account',
  object: 'opt-in-region/eu-south-1/eu-south-1',
  owner: 'u-2c85d1e6f09b',
  until: '2027-03-01T00:00:00.000Z',
};

/** An example of what a schema allows. A member that may be missing is in it where there is something to say of it. */
export function exampleOf(schema: Schema, name = ''): unknown {
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0], name);
  if (schema.enum) return schema.enum.includes(String(members[name])) ? members[name] : schema.enum[0];
  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return schema.items ? [exampleOf(schema.items, name)].filter((element) => element !== undefined) : [];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    default:
      return textOf(schema, name);
  }
}

function objectOf({ properties = {}, required = [] }: Schema): object {
  const shown = Object.entries(properties).filter(([name]) => required.includes(name) || name in members);
  return Object.fromEntries(shown.map(([name, member]) => [name, exampleOf(member, name)]));
}

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-11-24T08:00:00.000Z',
  date: '2026-11-24',
  uuid: id,
};

function textOf({ format = '', pattern = '' }: Schema, name: string): unknown {
  const form = new RegExp(pattern, 'u');
  return formats[format] ?? [members[name] ?? name].flat().find((text) => form.test(String(text)));
}
