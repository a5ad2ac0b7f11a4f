/** Builds the web console into `dist/console`: no inline script or style, fonts as files, names with a hash. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
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

/** A quarter of the bytes for whoever's browser takes them, which is every browser; packed once, here, instead of at each request. */
const packed = () => ({
  name: 'packed',
  writeBundle({ dir }, bundle) {
    for (const file of Object.keys(bundle).filter((name) => /\.(js|css|html|svg)$/.test(name))) {
      const path = resolve(dir, file);
      const bytes = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(bytes));
      writeFileSync(`${path}.gz`, gzipSync(bytes));
    }
  },
});

/** `--mode empty` builds the page that the console is measured beside, where no production build looks. */
const placeOf = (mode) =>
  mode === 'empty'
    ? { root: 'console/empty', outDir: resolve(import.meta.dirname, 'node_modules/.cache/console-empty') }
    : { root: 'console', outDir: '../dist/console' };

export default defineConfig(({ mode }) => ({
  root: placeOf(mode).root,
  plugins: [fontsAsFiles(), packed()],
  build: {
    outDir: placeOf(mode).outDir,
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 2_000,
    // The component library marks its files for servers that render, and the bundler warns of each; here is no such server.
    rolldownOptions: {
      // On a slow machine it would be told how long files take to be packed.
      checks: { bundlerTimings: false },
      onLog: (level, log, otherwise) => log.code === 'MODULE_LEVEL_DIRECTIVE' || otherwise(level, log),
    },
  },
}));
