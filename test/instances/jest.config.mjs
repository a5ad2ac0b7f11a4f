import whole from '../../jest.config.mjs';

/** Three instances of the service on one EventStoreDB, whose leaders are killed and frozen. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/instances'],
  testPathIgnorePatterns: ['/node_modules/'],
};
