/** `npm run guardrails`: the service control policies that belong on the payers' units; it prints and changes nothing. */
import { explain } from '../composition/exit-message.js';
import { loadConfig } from '../config/config.js';
import { awsSettings } from '../config/settings-of.js';
import { limits } from '../domain/guardrails/limits.js';
import { type Guardrail, guardrails } from '../domain/guardrails/service-control-policies.js';

const tableOf = (all: readonly Guardrail[]): string =>
  all
    .map(({ name, content, why }) => `${name}  ${content.length} of ${limits.characters} characters  ${why}\n`)
    .join('');

function main(args: readonly string[]): number {
  const { prefix, resellerName, automationRoleArn, baseline } = awsSettings(loadConfig(process.env));
  const all = guardrails({ prefix, resellerName, automationRoleArn, homeRegion: baseline.homeRegion });
  const [name, ...more] = args;
  const one = all.find((each) => each.name === name);
  if (name === undefined || (one && more.length === 0)) {
    process.stdout.write(one ? `${one.content}\n` : tableOf(all));
    return 0;
  }
  const names = all.map((each) => `  ${each.name}\n`).join('');
  process.stderr.write(
    `${args.join(' ')}: no guardrail of this name.\nUsage: npm run --silent guardrails [-- NAME]\n${names}`,
  );
  return 2;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.exitCode = explain(error);
}
