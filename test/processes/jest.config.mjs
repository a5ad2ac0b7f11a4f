import whole from '../../jest.config.mjs';

/** Programs as processes: killed, restarted, robbed of their files, watched by the demo, and used from a shell. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/processes', '<rootDir>/test/cli'],
  testPathIgnorePatterns: ['/node_modules/'],
};
