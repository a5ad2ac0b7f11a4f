/** The typed client, generated from the API's own document; the same document gives the same files. */
import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: './dist/openapi.json',
  output: { path: process.env.CLIENT_FOLDER ?? 'src/client/generated', clean: true, importFileExtension: '.js' },
  logs: { file: false, level: 'warn' },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
});
