/** `npm run demo`: starts everything on free ports and makes one provider through the public HTTP API, seen live. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { errorText } from '../application/error-text.js';
import { dataFolder, keysFolder } from '../config/folders.js';
import { openDemoIssuer } from '../infrastructure/identity/demo/issuer.js';
import { openApi } from './client/api.js';
import { startOver } from './demo/fresh.js';
import { applyGuardrails } from './demo/guardrails.js';
import { reveal, type Tokens } from './demo/journey.js';
import { openNotices } from './demo/notices.js';
import { type Stage, startStage } from './demo/stage.js';
import { tell } from './demo/tell.js';
import { credentialsText, endText, nextText } from './demo/words.js';

const usage = `npm run demo -- [--once] [--fast] [--fresh] [--aws URL] [--name NAME]

  --once      stop after the credentials are shown
  --fast      the AWS that is started takes no time for anything
  --fresh     start over: what earlier demos left is moved aside
  --aws URL   use an AWS endpoint that already runs (npm run simulator) instead of starting one
  --name      what the provider is called
`;

const { env } = process;
const interruptedCode = 130;
const wrongArguments = 2;

interface Wishes {
  readonly once: boolean;
  readonly fast: boolean;
  readonly fresh: boolean;
  readonly aws?: string | undefined;
  readonly name: string;
}

/** What the arguments ask for, or the exit code when there is nothing to do. */
function wishesOf(args: readonly string[]): Wishes | number {
  const options = {
    once: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    aws: { type: 'string' },
    name: { type: 'string', default: 'Demo' },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (!values.help) return values;
    process.stdout.write(usage);
    return 0;
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n\n${usage}`);
    return wrongArguments;
  }
}

const notices = openNotices((line) => process.stderr.write(`${line}\n`));

/** Runs the demo until its end, or until the signal aborts; answers with the exit code. */
async function run(wishes: Wishes, signal: AbortSignal): Promise<number> {
  if (wishes.fresh) tellOf(startOver(dataFolder(env), keysFolder(env), new Date()));
  const issuer = await openDemoIssuer(keysFolder(env));
  const operator = await issuer.issue('operator');
  const tokens = { administrator: await issuer.issue('administrator'), service: await issuer.issue('service') };
  const { say } = notices;
  const started = wishes.aws ? 'the service' : 'a simulated AWS and the service';
  say(`Starting ${started}; what they say goes to ${dataFolder(env)}.\n`);
  const { aws: awsUrl, fast, once } = wishes;
  const stage = await startStage({ dataFolder: dataFolder(env), awsUrl, fast, console: !once, say, signal });
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
    if (signal.aborted) resolve();
  });
  try {
    await Promise.race([show(stage, tokens, operator, wishes), stage.lost, stopped]);
    if (signal.aborted) return interruptedCode;
    if (!wishes.once) await Promise.race([stage.lost, stopped]);
    return 0;
  } finally {
    await stage.stop();
  }
}

function tellOf(aside: string | undefined): void {
  if (aside) notices.say(`What earlier demos left lies in ${aside} now; remove it when you like.`);
}

async function show(stage: Stage, tokens: Tokens, operator: string, { name, once, aws }: Wishes): Promise<void> {
  const api = openApi(stage.serviceUrl);
  notices.say(await applyGuardrails({ api, token: operator }));
  const startedAt = Date.now();
  const status = await tell(api, tokens, { name, key: randomUUID(), notices });
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  const { serviceUrl, awsUrl } = stage;
  const servicePid = stage.servicePid();
  const around = { serviceUrl, awsUrl, ownAws: !aws, servicePid, dataFolder: dataFolder(env), seconds };
  process.stdout.write(credentialsText(status, await reveal(api, tokens, status.id), around));
  process.stdout.write(`\n${once ? endText(around) : nextText(status, around)}`);
}

/** Aborts when the person has had enough. */
function interrupted(): AbortSignal {
  const enough = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => enough.abort());
  return enough.signal;
}

async function main(): Promise<number> {
  const wishes = wishesOf(process.argv.slice(2));
  if (typeof wishes === 'number') return wishes;
  const signal = interrupted();
  try {
    return await run(wishes, signal);
  } catch (error) {
    if (signal.aborted) return interruptedCode;
    process.stderr.write(`\n${errorText(error)}\n`);
    return 1;
  }
}

// A list of tasks that was left behind would go on drawing, so the end is an end.
main().then((code) => process.exit(code));
