import whole from '../../jest.config.mjs';

/** The suite from outside: the program as `npm run build` left it in `dist`, a file a theme, two at a time. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/outside'],
  testMatch: ['**/*.outside.ts'],
  maxWorkers: 2,
};
