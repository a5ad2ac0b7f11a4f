/** Prints a token of a demo person, and nothing else, so that a shell can keep it in a variable. */
import { keysFolder } from '../config/config.js';
import { openDemoIssuer } from '../infrastructure/identity/demo/issuer.js';
import { demoPeople, isDemoPerson } from '../infrastructure/identity/demo/people.js';

const [name = '', ...more] = process.argv.slice(2);

if (isDemoPerson(name) && more.length === 0) {
  const { issue } = await openDemoIssuer(keysFolder(process.env));
  process.stdout.write(`${await issue(name)}\n`);
} else {
  const people = Object.entries(demoPeople).map(([person, entry]) => {
    const of = 'organization' in entry ? ` of organization ${entry.organization}` : '';
    return `  ${person.padEnd(14)} ${entry.roles.join(', ')}${of}`;
  });
  const problem = name === '' || name === '--help' ? '' : `${[name, ...more].join(' ')}: nobody of this name.\n`;
  process.stderr.write(`${problem}Usage: npm run --silent token -- <person>\n${people.join('\n')}\n`);
  process.exitCode = name === '--help' ? 0 : 2;
}
