import browser from '../jest.config.mjs';

/** Measures; it says what it saw and holds only the size of a first load to a bound, since times belong to the machine. */
export default {
  ...browser,
  rootDir: '../../..',
  roots: ['<rootDir>/test/browser/bench'],
  testPathIgnorePatterns: ['/node_modules/'],
};
