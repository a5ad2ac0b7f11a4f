/** `npm run preflight`: looks at a real organization before its first account, and changes nothing there. */
import { parseArgs } from 'node:util';
import { explain } from '../composition/start/exit-message.js';
import { type Config, loadConfig } from '../config/config.js';
import { awsSettings } from '../config/settings-of.js';
import { openAwsAccess } from '../infrastructure/aws/calls/clients.js';
import type { CheckResult } from '../infrastructure/aws/preflight/check-result.js';
import { ownAccountLines } from '../infrastructure/aws/preflight/own-account.js';
import { payerLines } from '../infrastructure/aws/preflight/payer.js';
import { mailCheck } from './preflight/mail-check.js';

const usage = `Usage: npm run --silent preflight [-- --payer ID] [-- --dns HOST:PORT] [-- --json]

  --payer   one payer of the configuration instead of all of them
  --dns     the name server that is asked about the e-mail domain; those of this machine unless given
  --json    a line of JSON for each thing that was looked at

Ends with 0, or with 1 where a line is an error: then the first account would fail.
`;

interface Wanted {
  readonly payer: string | undefined;
  readonly dns: string | undefined;
  readonly json: boolean;
}

const options = {
  payer: { type: 'string' },
  dns: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** A command line that asks for nothing that can be done; the message says what would be right. */
class WrongArguments extends Error {}

function wantedOf(args: readonly string[], { payers }: Config): Wanted {
  const { payer, dns, json } = parsed(args);
  if (payer !== undefined && !payers.some(({ id }) => id === payer))
    throw new WrongArguments(`--payer ${payer}: allowed are ${payers.map(({ id }) => id).join(', ')}.`);
  if (dns !== undefined && !/^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\])(:\d{1,5})?$/i.test(dns))
    throw new WrongArguments(`--dns ${dns}: an address is allowed, such as 10.0.0.2 or 10.0.0.2:53.`);
  return { payer, dns, json };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : String(error));
  }
}

const longestMs = 120_000;

async function linesOf(config: Config, { payer, dns }: Wanted): Promise<readonly CheckResult[]> {
  const settings = awsSettings(config);
  const access = openAwsAccess(settings);
  try {
    const { kind, region, prefix } = config.vault;
    const vault = kind === 'secretsManager' ? { region: region || config.aws.region, prefix } : undefined;
    const { archive } = config.audit;
    const parts = { access, settings, abortSignal: AbortSignal.timeout(longestMs) };
    const [own, mail] = await Promise.all([
      ownAccountLines({ ...parts, vault, archive }),
      mailCheck(config.rootEmailPattern, dns),
    ]);
    // Without credentials of our own every payer would say the same once more.
    const reachable = own.some(({ what, level }) => what === 'credentials' && level === 'ok');
    const payers = reachable ? config.payers.filter(({ id }) => payer === undefined || id === payer) : [];
    return [...own, mail, ...(await Promise.all(payers.map((each) => payerLines(each, parts)))).flat()];
  } finally {
    access.close();
  }
}

const words = ({ level, of, what, found, advice }: CheckResult): string =>
  `${level.padEnd(7)}  ${of}, ${what}: ${found}.\n${advice === '' ? '' : `         ${advice}\n`}`;

function summary(lines: readonly CheckResult[]): string {
  const count = (level: CheckResult['level']): number => lines.filter((line) => line.level === level).length;
  const next =
    count('error') > 0 ? 'The first account would fail' : 'Nothing was found that keeps an account from being made';
  return `\n${count('ok')} ok, ${count('warning')} to look at, ${count('error')} wrong. ${next}; nothing was changed.\n`;
}

async function main(args: readonly string[]): Promise<number> {
  const config = loadConfig(process.env);
  const wanted = wantedOf(args, config);
  const lines = await linesOf(config, wanted);
  process.stdout.write(
    wanted.json
      ? lines.map((line) => `${JSON.stringify(line)}\n`).join('')
      : lines.map(words).join('') + summary(lines),
  );
  return lines.some(({ level }) => level === 'error') ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof WrongArguments) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else process.exitCode = explain(error);
}
