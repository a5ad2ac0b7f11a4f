/** AWS CLI with keys that the service gives it, by the program that it starts as `credential_process`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApi } from '../../src/cli/client/api.js';
import { acceptTerms, followToCredentials, reportOrganization, requestProvider } from '../../src/cli/demo/journey.js';
import { startService } from '../../src/composition/service.js';
import { loadConfig } from '../../src/config/config.js';
import { openDemoIssuer } from '../../src/infrastructure/identity/demo/issuer.js';
import { openLog } from '../../src/infrastructure/logging/pino-log.js';
import { world } from '../../src/simulator/world/world.js';
import type { AwsCli } from './cli.js';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const program = `${process.execPath} --import ${here('../support/typescript-hooks.mjs')} ${here('../../src/cli/aws-credentials.ts')}`;

export async function credentialsRow(cli: AwsCli): Promise<void> {
  const [data, keys] = [path.join(cli.folder, 'data'), path.join(cli.folder, 'keys')];
  const places = { PARTNER_CLOUD_DATA: data, PARTNER_CLOUD_KEYS: keys, PARTNER_CLOUD_AWS_ENDPOINT: cli.url };
  const env = { PORT: '0', ...places };
  const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = world.key;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION: 'us-east-1' });
  const { issue } = await openDemoIssuer(keys);
  const service = await startService({ config: loadConfig(env), env, log: openLog({ level: 'silent' }) });
  try {
    const tokens = { administrator: await issue('administrator'), service: await issue('service') };
    const provider = await activeProvider(service.url, tokens);
    const nobody = { AWS_ACCESS_KEY_ID: 'AKIANOBODY', AWS_SECRET_ACCESS_KEY: 'none' };
    const asked = (token: string): AwsCli => cli.as({ ...nobody, PARTNER_CLOUD_TOKEN: token });
    configure(cli.folder, service.url, provider);
    await useProfiles(asked(tokens.administrator), asked(await issue('member')));
  } finally {
    await service.stop();
  }
}

/** The three lines of each profile, as docs/api.md shows them. */
function configure(folder: string, url: string, provider: string): void {
  const profile = (name: string, role: string): string => `[profile ${name}]
region = us-east-1
credential_process = ${program} --url ${url} --provider ${provider} --role ${role}
`;
  mkdirSync(path.join(folder, '.aws'), { recursive: true });
  const profiles = `${profile('looks', 'read-only')}${profile('administers', 'administrator')}`;
  writeFileSync(path.join(folder, '.aws', 'config'), profiles);
}

async function useProfiles(administrator: AwsCli, member: AwsCli): Promise<void> {
  const administers = { Arn: /assumed-role\/CTLIntegrationAdminRole\//.source };
  const who = 'sts get-caller-identity --profile';
  const answers = [
    ...[await administrator.good(`${who} administers`, {}), await member.good(`${who} looks`, {})],
    await administrator.good('s3api list-buckets --profile administers --region us-east-1', { Buckets: [{}] }),
  ];
  const arn = (answers[0] as { readonly Arn: string } | undefined)?.Arn ?? '';
  if (!new RegExp(administers.Arn).test(arn)) administrator.complaints.push(`the profile's keys are of ${arn}`);
  await member.bad('iam create-user --user-name eve --profile looks', 'AccessDenied');
}

async function activeProvider(url: string, tokens: { readonly administrator: string; readonly service: string }) {
  const api = openApi(url);
  await reportOrganization(api, tokens);
  const id = await requestProvider(api, tokens, 'Production', 'aws-cli');
  await acceptTerms(api, tokens, id);
  await followToCredentials(api, tokens, id, () => undefined);
  return id;
}
