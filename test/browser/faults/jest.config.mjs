import browser from '../jest.config.mjs';

/** Every answer that a page of the console asks for, replaced by each kind of fault. */
export default {
  ...browser,
  rootDir: '../../..',
  roots: ['<rootDir>/test/browser/faults'],
  testPathIgnorePatterns: ['/node_modules/'],
};
