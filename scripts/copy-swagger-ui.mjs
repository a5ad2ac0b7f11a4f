/** Puts the two files of Swagger UI that /docs needs into the build, so that the package is not needed where it runs. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const target = 'dist/infrastructure/http/swagger-ui';
const wanted = [
  import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
];

mkdirSync(target, { recursive: true });
for (const url of wanted) copyFileSync(fileURLToPath(url), `${target}/${basename(url)}`);
