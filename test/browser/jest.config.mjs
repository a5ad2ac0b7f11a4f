import whole from '../../jest.config.mjs';

/** The console as it was built, in a real browser, on the built service and simulator. One browser at a time is enough for a machine. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/', '/browser/(pictures|bench|faults)/'],
  maxWorkers: 1,
};
