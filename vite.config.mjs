/** Builds the web console into `dist/console`: no inline script or style, fonts as files, names with a hash. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const fontFolder = resolve(import.meta.dirname, 'node_modules/.cache/console-fonts');

/** Cloudscape's styles carry their fonts as data: URIs; as files they need no `font-src data:` and load only when they are used. */
const fontsAsFiles = () => ({
  name: 'fonts-as-files',
  enforce: 'pre',
  transform(code, id) {
    if (!/global-styles[\\/]index\.css/.test(id)) return null;
    mkdirSync(fontFolder, { recursive: true });
    return code.replace(/url\((['"]?)data:font\/woff2;base64,([^'")]+)\1\)/g, (_whole, _quote, data) => {
      const bytes = Buffer.from(data, 'base64');
      const name = `open-sans-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.woff2`;
      writeFileSync(resolve(fontFolder, name), bytes);
      return `url('${resolve(fontFolder, name)}')`;
    });
  },
});

export default defineConfig({
  root: 'console',
  plugins: [fontsAsFiles()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 2_000,
    // The component library marks its files for servers that render, and the bundler warns of each; here is no such server.
    rolldownOptions: {
      onLog: (level, log, otherwise) => log.code === 'MODULE_LEVEL_DIRECTIVE' || otherwise(level, log),
    },
  },
});
