/** The proxy that the environment names, for every call that leaves this program: the SDK's, and whatever uses `fetch`. */
import { setGlobalProxyFromEnv } from 'node:http';

/** This machine, and the addresses at which AWS hands out the credentials of a machine or a container: no proxy leads there. */
const neverThroughProxy = ['localhost', '127.0.0.1', '[::1]', '169.254.169.254', '169.254.170.2', '[fd00:ec2::254]'];

/**
 * HTTPS_PROXY, HTTP_PROXY and NO_PROXY (in small letters too, which count first), with what no proxy can reach left out.
 * Source: Node.js, "Built-in proxy support".
 */
export function proxyEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const none = [env.no_proxy || env.NO_PROXY, ...neverThroughProxy].filter(Boolean).join(',');
  return { ...env, no_proxy: none, NO_PROXY: none };
}

/** Sends `fetch` and Node's own agents through it. To be called once, before anything is asked of anybody. */
export const useProxy = (env: NodeJS.ProcessEnv): void => void setGlobalProxyFromEnv(proxyEnvironment(env));
