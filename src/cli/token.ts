/** Prints a token of a demo person, and nothing else, so that a shell can keep it in a variable. */
import { parseArgs } from 'node:util';
import { errorText } from '../application/error-text.js';
import { keysFolder } from '../config/config.js';
import { openDemoIssuer } from '../infrastructure/identity/demo/issuer.js';
import {
  type DirectoryEntry,
  demoPeople,
  isDemoPerson,
  type ServiceTold,
} from '../infrastructure/identity/demo/people.js';

const options = {
  organizations: { type: 'string' },
  'may-accept-terms': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** What is asked for, or why it cannot be had; `help` where nothing else is asked. */
function asked(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { person: positionals.join(' '), service: toldOf(values), help: values.help === true };
  } catch (error) {
    return { problem: errorText(error) };
  }
}

function toldOf(values: { organizations?: string; 'may-accept-terms'?: boolean }): ServiceTold {
  const { organizations, 'may-accept-terms': mayAcceptTerms } = values;
  return {
    ...(organizations !== undefined && { organizations: organizations.split(',').filter((id) => id !== '') }),
    ...(mayAcceptTerms !== undefined && { mayAcceptTerms }),
  };
}

async function run(args: readonly string[]): Promise<void> {
  const { person = '', service = {}, help = false, problem } = asked(args);
  if (help) return usage('', 0);
  if (problem !== undefined) return usage(`${problem}\n`, 2);
  if (!isDemoPerson(person)) return usage(person === '' ? '' : `${person}: nobody of this name.\n`, 2);
  const { roles }: DirectoryEntry = demoPeople[person];
  if (Object.keys(service).length > 0 && !roles.includes('service'))
    return usage(`${person} is no service; the options are for one.\n`, 2);
  const { issue } = await openDemoIssuer(keysFolder(process.env));
  process.stdout.write(`${await issue(person, { service })}\n`);
}

function usage(problem: string, exitCode: number): void {
  const people = Object.entries<DirectoryEntry>(demoPeople).map(([person, entry]) => {
    const of = entry.organization === undefined ? '' : ` of organization ${entry.organization}`;
    const works = entry.organizations === undefined ? '' : ` for ${entry.organizations.join(', ')}`;
    return `  ${person.padEnd(14)} ${entry.roles.join(', ')}${of}${works}${entry.mayAcceptTerms ? ', may accept terms' : ''}`;
  });
  const line = 'npm run --silent token -- <person> [--organizations <id>,… [--may-accept-terms]]';
  process.stderr.write(`${problem}Usage: ${line}\n${people.join('\n')}\n`);
  process.exitCode = exitCode;
}

await run(process.argv.slice(2));
