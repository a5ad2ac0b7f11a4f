import whole from '../../../jest.config.mjs';

/** What the service does at AWS, by the real clients against the simulated AWS. */
export default {
  ...whole,
  rootDir: '../../..',
  roots: ['<rootDir>/test/infrastructure/aws'],
  testPathIgnorePatterns: ['/node_modules/'],
};
