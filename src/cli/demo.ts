/** `npm run demo`: starts everything on free ports and makes one provider through the public HTTP API, seen live. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDemoIssuer } from '../infrastructure/identity/demo-issuer.js';
import { openApi } from './demo/api.js';
import { reveal, type Tokens } from './demo/journey.js';
import { type Stage, startStage } from './demo/stage.js';
import { tell } from './demo/tell.js';
import { credentialsText, nextText } from './demo/words.js';

const usage = `npm run demo -- [--once] [--aws URL] [--name NAME]

  --once      stop after the credentials are shown
  --aws URL   use an AWS endpoint that already runs (npm run simulator) instead of starting one
  --name      what the provider is called
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      aws: { type: 'string' },
      name: { type: 'string', default: 'Demo' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const dataFolder = resolve(process.env.PARTNER_CLOUD_DATA ?? 'data');
  const issuer = await openDemoIssuer(resolve(process.env.PARTNER_CLOUD_KEYS ?? 'keys'));
  const tokens = { administrator: await issuer.issue('administrator'), service: await issuer.issue('service') };
  const stopped = interrupted();
  const stage = await startStage({ dataFolder, awsUrl: values.aws, say: (line) => process.stderr.write(`${line}\n`) });
  try {
    const made = show(stage, tokens, values.name, dataFolder, values.once);
    const interruptedEarly = await Promise.race([made.then(() => false), stopped.then(() => true)]);
    if (!interruptedEarly && !values.once) await stopped;
    return interruptedEarly ? 130 : 0;
  } finally {
    await stage.stop();
  }
}

async function show(stage: Stage, tokens: Tokens, name: string, dataFolder: string, once: boolean): Promise<void> {
  const api = openApi(stage.serviceUrl);
  const startedAt = Date.now();
  const status = await tell(api, tokens, name, randomUUID());
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  const around = { ...stage, servicePid: stage.servicePid(), dataFolder, seconds };
  process.stdout.write(credentialsText(status, await reveal(api, tokens, status.id), around));
  if (!once) process.stdout.write(`\n${nextText(status, around)}`);
}

/** Resolves when the person has had enough. */
const interrupted = (): Promise<void> =>
  new Promise((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
