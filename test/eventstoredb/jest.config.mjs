import whole from '../../jest.config.mjs';

/** The log on an EventStoreDB: on a real server where EVENTSTOREDB_URL names one, and otherwise on a small one of our own. */
export default {
  ...whole,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/**/eventstoredb/*.test.ts', '<rootDir>/test/composition/eventstoredb.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
