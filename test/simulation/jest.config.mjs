import whole from '../../jest.config.mjs';

/** The crash simulation: fixed seeds, and what is made wrong on purpose. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/simulation'],
  // Each run is a process of its own, and there are two processors.
  maxConcurrency: 2,
  testPathIgnorePatterns: ['/node_modules/'],
};
