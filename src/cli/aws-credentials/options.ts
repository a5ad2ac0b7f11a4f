/** What `partner-cloud-aws-credentials` is told: whose keys, in which role, and how to know who asks. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { errorText } from '../../application/error-text.js';

export const usage = `Usage: partner-cloud-aws-credentials --url URL --provider ID [--role ROLE] [--issuer URL --client ID [--scope SCOPE]]

  --url URL      where partner-cloud is, such as https://partner-cloud.example
  --provider ID  the provider whose account is meant, a UUID
  --role ROLE    read-only (unless given) or administrator
  --issuer URL   where to sign in, where PARTNER_CLOUD_TOKEN holds no token
  --client ID    as which public client to sign in; its redirect address is http://127.0.0.1/signed-in, on any port
  --scope SCOPE  openid unless given
`;

/** A public client of an OpenID provider. */
export interface SignInOptions {
  readonly issuer: URL | undefined;
  readonly client: string;
  readonly scope: string;
}

export interface Options extends SignInOptions {
  readonly url: URL;
  readonly provider: string;
  readonly role: string;
  /** A bearer token that is there already. */
  readonly token: string | undefined;
  /** The folder of this user alone in which keys are kept. */
  readonly cache: string;
}

const known = {
  url: { type: 'string' },
  provider: { type: 'string' },
  role: { type: 'string', default: 'read-only' },
  issuer: { type: 'string' },
  client: { type: 'string' },
  scope: { type: 'string', default: 'openid' },
} as const;

/** The options, or what is wrong with them and what would be right. */
export function optionsFrom(args: readonly string[], env: NodeJS.ProcessEnv): Options | string {
  try {
    const { values } = parseArgs({ args: [...args], options: known });
    const token = env.PARTNER_CLOUD_TOKEN || undefined;
    const { provider = '', role, client = '', scope } = values;
    if (!/^[0-9a-f-]{36}$/.test(provider)) return '--provider: a UUID in lower case is needed.';
    if (role !== 'administrator' && role !== 'read-only') return '--role: administrator and read-only are allowed.';
    const issuer = values.issuer === undefined ? undefined : safeUrl('--issuer', values.issuer);
    if (token === undefined && (issuer === undefined || client === ''))
      return 'PARTNER_CLOUD_TOKEN holds no token, so that --issuer and --client are needed to sign in.';
    return { url: safeUrl('--url', values.url), provider, role, issuer, client, scope, token, cache: cacheFolder(env) };
  } catch (error) {
    return errorText(error);
  }
}

/** Whether a host is this machine, which alone may be spoken to without TLS. */
export const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

function safeUrl(option: string, value: string | undefined): URL {
  const url = value === undefined ? null : URL.parse(value);
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) return url;
  throw new Error(`${option}: an https address is needed (http on this machine alone).`);
}

/** Where programs keep what can be made again. Source: XDG Base Directory Specification; Apple, File System Programming Guide. */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  const own = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  const folder = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  return join(folder || own, 'partner-cloud');
}
