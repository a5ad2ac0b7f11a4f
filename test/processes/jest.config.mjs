import whole from '../../jest.config.mjs';

/** Programs as processes: killed, restarted, robbed of their files, and watched by the demo. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/processes'],
  testPathIgnorePatterns: ['/node_modules/'],
};
