/** The whole service in this process, on a simulated AWS whose every answer is seen, with all it says kept for a look. */
import { join } from 'node:path';
import { type Api, openApi } from '../../src/cli/client/api.js';
import {
  acceptTerms,
  followToCredentials,
  reportOrganization,
  requestProvider,
  type Tokens,
} from '../../src/cli/demo/journey.js';
import type { Provider as Status } from '../../src/client/generated/types.gen.js';
import { type ServiceOptions, startService } from '../../src/composition/service.js';
import { loadConfig } from '../../src/config/config.js';
import { openDemoIssuer } from '../../src/infrastructure/identity/demo/issuer.js';
import type { DemoPerson } from '../../src/infrastructure/identity/demo/people.js';
import { openLog } from '../../src/infrastructure/logging/pino-log.js';
import { temporaryFolder } from './temporary-folder.js';
import { awaited } from './waiting.js';

export { until } from './waiting.js';

/** The key of the simulator's automation account; the SDK's default chain finds it here. */
const simulatorKey = {
  AWS_ACCESS_KEY_ID: 'ASIASIMULATOR00000001',
  AWS_SECRET_ACCESS_KEY: 'simulator-secret',
  AWS_REGION: 'us-east-1',
};

export interface Grounds {
  readonly data: string;
  readonly keys: string;
  readonly env: NodeJS.ProcessEnv;
  readonly tokens: Tokens;
  token(person: DemoPerson): Promise<string>;
}

/** Folders, keys and tokens of a service that is yet to start; they outlive a restart. */
export async function prepare(awsUrl: string): Promise<Grounds> {
  const folder = temporaryFolder();
  const [data, keys] = [join(folder, 'data'), join(folder, 'keys')];
  const env = { PORT: '0', PARTNER_CLOUD_DATA: data, PARTNER_CLOUD_KEYS: keys, PARTNER_CLOUD_AWS_ENDPOINT: awsUrl };
  const issuer = await openDemoIssuer(keys);
  const token = (person: DemoPerson): Promise<string> => issuer.issue(person);
  const tokens = { administrator: await token('administrator'), service: await token('service') };
  return { data, keys, env, tokens, token };
}

export interface RunningService {
  readonly url: string;
  readonly metricsUrl: string | undefined;
  readonly api: Api;
  /** Everything it has logged. */
  logged(): string;
  /** Reads the payers' limits from the configuration again. */
  reload(): void;
  stop(): Promise<void>;
}

export async function startRunning(
  { env }: Grounds,
  options: Pick<ServiceOptions, 'acceptLog'> = {},
): Promise<RunningService> {
  Object.assign(process.env, simulatorKey);
  let lines = '';
  const keep = (line: string): void => {
    lines += line;
  };
  const log = openLog({ level: 'info', destination: { write: keep } });
  const service = await startService({ config: loadConfig(env), env, log, ...options });
  await service.ready;
  const { url, metricsUrl, reload, stop } = service;
  return { url, metricsUrl, api: openApi(url), logged: () => lines, reload, stop };
}

/** A provider of acme's whose terms are accepted; answers with its id. */
export async function acceptedProvider(api: Api, tokens: Tokens, name = 'Production', key = name): Promise<string> {
  await reportOrganization(api, tokens);
  const id = await requestProvider(api, tokens, name, key);
  await acceptTerms(api, tokens, id);
  return id;
}

/** Follows it until credentials are issued; answers with its status then. */
export function credentialsOf(api: Api, tokens: Tokens, id: string): Promise<Status> {
  let last: Status | undefined;
  return awaited(
    () => `credentials of the provider ${id}; its last status was ${JSON.stringify(last)}`,
    () =>
      followToCredentials(api, tokens, id, (status) => {
        last = status;
      }),
  );
}
