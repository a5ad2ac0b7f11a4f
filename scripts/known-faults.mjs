/**
 * Reads what `npm audit --json` has found and fails where a package that runs in production has a known fault. A registry that
 * offers no audit, as mirrors often do, or cannot be reached, tells nothing: that is said plainly, and fails nothing.
 */
import { text } from 'node:stream/consumers';

const said = await text(process.stdin);

function report() {
  try {
    return JSON.parse(said);
  } catch {
    return { message: said.trim().split('\n')[0] || 'npm said nothing' };
  }
}

const { metadata, vulnerabilities, message, error } = report();
if (metadata?.vulnerabilities === undefined) {
  const why = message || error?.summary || error?.code || 'it did not say why';
  console.log(`NOT AUDITED: the registry offers no audit (${why}). Nothing is known of faults in the packages.`);
} else {
  const found = Object.values(vulnerabilities ?? {});
  for (const { name, severity, range } of found) console.error(`${name} ${range}: a known fault, ${severity}`);
  console.log(`${metadata.dependencies?.prod ?? 'All'} runtime packages audited, ${found.length} with a known fault`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
