import whole from '../../jest.config.mjs';

/** The whole service in one process: what its parts do together, and what is left when it is stopped anywhere. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/composition'],
  testPathIgnorePatterns: ['/node_modules/', '/eventstoredb.test.ts$'],
};
