/** What `npm start` may be told beside the configuration. */
import { parseArgs } from 'node:util';

/** An argument that is none of these; the message shows all. */
export class InvalidArguments extends Error {}

const usage = `Usage: npm start [-- --accept-new-log SUBJECT]

  --accept-new-log SUBJECT  go on with a log that lacks what is remembered of it; it is recorded who did (the opaque id of a
                            person as the identity provider writes it into the claim sub, never a name or an e-mail)`;

const opaqueId = /^(?!.*@)[\x21-\x7e]{1,255}$/;

/** Throws {@link InvalidArguments} for anything else. */
export function startOptions(args: readonly string[]): { readonly acceptLog: string | undefined } {
  const acceptLog = accepted(args);
  if (acceptLog !== undefined && !opaqueId.test(acceptLog))
    throw new InvalidArguments(`--accept-new-log: is no opaque id of a person.\n\n${usage}`);
  return { acceptLog };
}

function accepted(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { 'accept-new-log': { type: 'string' } } }).values['accept-new-log'];
  } catch (error) {
    throw new InvalidArguments(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
