/** Prints what runs in production as a CycloneDX bill of materials, each package with its hash from the lock file. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const wanted = ['--omit', 'dev', '--output-reproducible', '--spec-version', '1.6'];
const bill = JSON.parse(
  execFileSync('cyclonedx-npm', wanted, { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'inherit'] }),
);

/** As npm's lock files write it, an algorithm, a hyphen and base64; CycloneDX writes hexadecimal digits. */
function hashesOf({ properties = [] }) {
  const path = properties.find(({ name }) => name === 'cdx:npm:package:path')?.value;
  const [algorithm, content] = packages[path]?.integrity?.split('-') ?? [];
  if (algorithm !== 'sha512') throw new Error(`${path}: the lock file has no SHA-512 of it`);
  return [{ alg: 'SHA-512', content: Buffer.from(content, 'base64').toString('hex') }];
}

const components = bill.components.map((component) => ({ ...component, hashes: hashesOf(component) }));
process.stdout.write(`${JSON.stringify({ ...bill, components }, null, 2)}\n`);
