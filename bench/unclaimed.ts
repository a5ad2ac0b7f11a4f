/** Providers whose credentials nobody has taken over yet, and the process that watches them, on a clock of the benchmark. */
import { dirname } from 'node:path';
import type { Clock } from '../src/application/ports/clock.js';
import { PresentDelays } from '../src/application/processes/present-delays.js';
import { startProcess } from '../src/application/processes/runner.js';
import { providerProcess } from '../src/application/provisioning/provider-process.js';
import { openStreams } from '../src/application/streams/streams.js';
import { openAwsAccess } from '../src/infrastructure/aws/calls/clients.js';
import { openEnsures } from '../src/infrastructure/aws/ensures.js';
import type { SdkRequest, SdkResponse } from '../src/simulator/engine/request-handler.js';
import { world } from '../src/simulator/world/world.js';
import { active } from '../test/support/story.js';
import { keptLives } from './lives-log.js';
import { openParts } from './parts.js';
import { aws } from './settings.js';

/** The last of them was issued before this moment, and none has expired by then; milliseconds. */
export const longAfter = Date.parse('2026-04-01T00:00:00.000Z');

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Opens log and read models of so many unclaimed credentials. */
export async function openUnclaimed(count: number) {
  return openParts(dirname(await keptLives(count * active.length)));
}

/** Starts the process over them as the service does at its start; `called` hears of each call to AWS. */
export function startWatching(
  { dependencies }: Awaited<ReturnType<typeof openUnclaimed>>,
  clock: Clock,
  called: () => void,
) {
  const { readModels, vault, store } = dependencies;
  const streams = openStreams(store, clock, () => undefined);
  const access = openAwsAccess({ ...aws, now: clock.now, requestHandler: unclaimed(called), credentials: world.key });
  const ensures = openEnsures({ access, vault, settings: aws });
  const process = providerProcess({ streams, ensures, readModels, log: quiet });
  const how = { random: Math.random, atOnce: 32, mayAct: () => true, presentDelays: new PresentDelays() };
  const running = startProcess({ streams, clock, log: quiet, ...how }, process);
  return {
    async stop() {
      await running.stop();
      access.close();
    },
  };
}

/** AWS of which every account answers that its password is still the temporary one. */
function unclaimed(called: () => void) {
  return {
    async handle({ body }: SdkRequest): Promise<{ response: SdkResponse }> {
      called();
      const asked = new URLSearchParams(Buffer.from(body as Uint8Array).toString()).get('Action') ?? '';
      const answer = Buffer.from(answers[asked] ?? '');
      return { response: { statusCode: answer.length > 0 ? 200 : 400, headers: {}, body: answer } };
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

const answerOf = (operation: string, result: string): string =>
  `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;

const answers: Readonly<Record<string, string>> = {
  AssumeRole: answerOf(
    'AssumeRole',
    `<Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
     <Expiration>2027-01-01T00:00:00Z</Expiration></Credentials>`,
  ),
  GetLoginProfile: answerOf(
    'GetLoginProfile',
    `<LoginProfile><UserName>administrator</UserName><CreateDate>2026-01-01T00:00:00Z</CreateDate>
     <PasswordResetRequired>true</PasswordResetRequired></LoginProfile>`,
  ),
};
