import whole from '../../jest.config.mjs';

/** The crash simulation: fixed seeds, and what is made wrong on purpose. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/simulation'],
  testPathIgnorePatterns: ['/node_modules/'],
};
