import whole from '../../jest.config.mjs';

/** Requests made at random from the API's own description, to the whole service on a simulated AWS. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/fuzz'],
  testMatch: ['**/*.fuzz.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
