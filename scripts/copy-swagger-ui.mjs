/** Puts the two files of Swagger UI that /docs needs into the build, so that the package is not needed where it runs. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const target = 'dist/infrastructure/http/swagger-ui';

mkdirSync(target, { recursive: true });
for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css'])
  copyFileSync(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${file}`)), `${target}/${file}`);
