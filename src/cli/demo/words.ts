/** What the demo prints when the account is there: the credentials, and what to try next. */
import { styleText } from 'node:util';
import type { Provider, Reveal } from '../../client/generated/types.gen.js';

export interface Surroundings {
  readonly serviceUrl: string;
  readonly awsUrl: string;
  /** True when that AWS was started by the demo and ends with it. */
  readonly ownAws: boolean;
  readonly dataFolder: string;
  readonly servicePid: number | undefined;
  readonly seconds: number;
}

export function credentialsText({ account }: Provider, revealed: Reveal, { seconds }: Surroundings): string {
  const rows = [
    ['AWS account', account?.id ?? ''],
    ['User name', revealed.userName],
    ['Temporary password', revealed.temporaryPassword],
    ['Login URL', revealed.loginUrl],
    ['Good until', revealed.expiresAt],
  ] as const;
  const lines = rows.map(([name, value]) => `  ${name.padEnd(20)}${styleText('bold', value)}`);
  return [
    '',
    `The account is hardened and its credentials work. It took ${seconds} second${seconds === 1 ? '' : 's'}.`,
    '',
    ...lines,
    '',
  ].join('\n');
}

/** For whoever ends with the credentials; an AWS that ran before goes on. */
export const endText = ({ awsUrl, ownAws }: Surroundings): string =>
  ownAws
    ? 'The demo ends here, and its AWS with it, so nobody answers at the login URL; npm run demo stays up.\n'
    : `The demo ends here; the AWS at ${awsUrl} goes on, so the login URL answers.\n`;

export function nextText({ id }: Provider, { serviceUrl, awsUrl, dataFolder, servicePid }: Surroundings): string {
  return `${styleText('bold', 'The console')}, in a browser: choose Ada Administrator there, and you are the administrator of acme.

  ${styleText('bold', `${serviceUrl}/`)}

What to try next, in another terminal:

  Sign in         open the login URL in a browser; it asks for a new password, and then
                  the status says "claimed" and the temporary password is gone.
  First           TOKEN=$(npm run --silent token -- administrator)
                  PROVIDER=${serviceUrl}/v1/providers/${id}
  Status          curl -s -H "authorization: Bearer $TOKEN" $PROVIDER
  History         curl -s -H "authorization: Bearer $TOKEN" $PROVIDER/history
  Evidence        npm run audit -- evidence ${id} --to evidence.zip
                  a minute from now; unpack it, and node verify.mjs checks it on any machine
  AWS console     curl -s -X POST -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
                    -d '{"role":"read-only"}' $PROVIDER/console-sessions
  The simulator   ${awsUrl}/
  A crash         kill -9 ${servicePid ?? '<pid>'}; the service starts again and goes on where history stands.
  Another one     npm run demo, after this one has stopped, adds a provider to the same data,
                  ${dataFolder}

Press Ctrl-C to stop.
`;
}
