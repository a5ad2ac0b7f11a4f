/** Fails when a package that runs in production has a licence that is not permissive. */
import { init } from 'license-checker-rseidelsohn';

const permissive = new Set([
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0',
  'CC0-1.0',
]);

/** True for one permissive licence, or a choice that offers one. */
const allowed = (licences) =>
  String(licences)
    .replace(/[()*]/g, '')
    .split(/ OR /)
    .some((choice) => choice.split(/ AND |,/).every((licence) => permissive.has(licence.trim())));

const packages = await new Promise((resolve, reject) =>
  init({ start: process.cwd(), production: true, excludePrivatePackages: true }, (error, found) =>
    error ? reject(error) : resolve(found),
  ),
);
const wrong = Object.entries(packages).filter(([, { licenses }]) => !allowed(licenses));
for (const [name, { licenses }] of wrong) console.error(`${name}: ${licenses} is not a permissive licence`);
console.log(`${Object.keys(packages).length} runtime packages, ${wrong.length} with a licence that is not permissive`);
process.exit(wrong.length === 0 ? 0 : 1);
