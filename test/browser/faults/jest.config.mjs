import browser from '../jest.config.mjs';

/** Every answer that a page of the console asks for, held back and replaced by faults. */
export default {
  ...browser,
  rootDir: '../../..',
  roots: ['<rootDir>/test/browser/faults'],
  testPathIgnorePatterns: ['/node_modules/'],
  // One test looks at every answer.
  testTimeout: 600_000,
};
