import whole from '../../jest.config.mjs';

/** Ten thousand tamperings with one log, each of which must be found. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/audit'],
  testPathIgnorePatterns: ['/node_modules/'],
};
