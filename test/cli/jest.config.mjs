import whole from '../../jest.config.mjs';

/** The commands as they are used from a shell, each a process of its own. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/cli'],
  testPathIgnorePatterns: ['/node_modules/'],
};
