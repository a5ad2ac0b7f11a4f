/**
 * `npm run guardrails`: the service control policies over the payers' customers. They are listed or printed without asking
 * anybody; `plan` and `apply` ask the service, which alone owns the log, as the operator whose token is given.
 */
import { parseArgs } from 'node:util';
import { explain } from '../composition/start/exit-message.js';
import { type Config, loadConfig } from '../config/config.js';
import { awsSettings } from '../config/settings-of.js';
import { limits } from '../domain/guardrails/limits.js';
import { type Guardrail, guardrails } from '../domain/guardrails/service-control-policies.js';
import { guardrailSettings } from '../infrastructure/aws/guardrails/link-payer.js';
import { openApi, Refused } from './client/api.js';
import { applyPlan, plansOf, planText } from './guardrails/plans.js';

const usage = `npm run --silent guardrails                     lists them
npm run --silent guardrails -- NAME             prints one as AWS takes it
npm run --silent guardrails -- plan             shows what an application would change at each payer
npm run --silent guardrails -- apply            shows it once more, and applies the plan of this digest
  --payer ID        one payer of the configuration instead of all of them; apply asks for it
  --digest DIGEST   of the plan that is meant, as plan showed it; apply asks for it
  --url URL         where the service answers; server.host and server.port of the configuration unless given

plan and apply read the token of an operator from PARTNER_CLOUD_TOKEN.
`;

/** A command line that asks for nothing that can be done; the message says what would be right. */
class WrongArguments extends Error {}

const options = { payer: { type: 'string' }, digest: { type: 'string' }, url: { type: 'string' } } as const;

interface Asked {
  readonly what: string | undefined;
  readonly payer?: string | undefined;
  readonly digest?: string | undefined;
  readonly url?: string | undefined;
}

function askedBy(args: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 1) throw new WrongArguments(`${positionals.join(' ')}: one at a time.`);
    return { ...values, what: positionals[0] };
  } catch (error) {
    throw error instanceof WrongArguments ? error : new WrongArguments(error instanceof Error ? error.message : '');
  }
}

const say = (text: string): void => void process.stdout.write(text);

const tableOf = (all: readonly Guardrail[]): string =>
  all
    .map(({ name, content, why }) => `${name}  ${content.length} of ${limits.characters} characters  ${why}\n`)
    .join('');

function printed(what: string | undefined, config: Config): void {
  const all = guardrails(guardrailSettings(awsSettings(config)));
  const one = all.find(({ name }) => name === what);
  if (what !== undefined && !one) {
    const names = all.map(({ name }) => name).join(', ');
    throw new WrongArguments(`${what}: no guardrail of this name; there are ${names}.`);
  }
  say(one ? `${one.content}\n` : tableOf(all));
}

function serviceOf({ url }: Asked, { server }: Config) {
  const token = process.env.PARTNER_CLOUD_TOKEN;
  if (!token) throw new WrongArguments('PARTNER_CLOUD_TOKEN: is not set; it must hold the token of an operator.');
  return { api: openApi(url ?? `http://${server.host}:${server.port}`), token };
}

async function main(args: readonly string[]): Promise<void> {
  const asked = askedBy(args);
  const config = loadConfig(process.env);
  const payers = config.payers.map(({ id }) => id).filter((id) => asked.payer === undefined || id === asked.payer);
  if (payers.length === 0) throw new WrongArguments(`--payer ${asked.payer}: is no payer of the configuration.`);
  if (asked.what === 'plan') {
    for (const plan of await plansOf(serviceOf(asked, config), payers)) say(planText(plan));
    return;
  }
  if (asked.what !== 'apply') return printed(asked.what, config);
  const { payer, digest } = asked;
  if (!payer || !digest) throw new WrongArguments('apply: --payer and --digest say which plan is meant; see plan.');
  const service = serviceOf(asked, config);
  const [plan] = await plansOf(service, [payer]);
  if (plan) say(planText(plan));
  say(`${await applyPlan(service, payer, digest)}\n`);
}

/** Says what went wrong; answers with the exit code. */
function ended(error: unknown): number {
  if (error instanceof WrongArguments) process.stderr.write(`${error.message}\n\n${usage}`);
  else if (error instanceof Refused) process.stderr.write(`${error.message}\n`);
  else return explain(error);
  return error instanceof Refused ? 1 : 2;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = ended(error);
}
