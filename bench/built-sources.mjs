/** Lets benchmarks in TypeScript run as they are, on the built program: `../src/x.js` is what `npm run build` made of it. */
import { registerHooks } from 'node:module';
import '../test/support/typescript-hooks.mjs';

const [sources, built] = ['../src/', '../dist/'].map((folder) => new URL(folder, import.meta.url).href);

registerHooks({
  resolve(specifier, context, next) {
    const wanted = specifier.startsWith('.') && context.parentURL ? new URL(specifier, context.parentURL).href : '';
    return wanted.startsWith(sources) ? next(wanted.replace(sources, built), context) : next(specifier, context);
  },
});
