import browser from '../jest.config.mjs';

/** Takes the pictures of the documents; no check needs them. */
export default {
  ...browser,
  rootDir: '../../..',
  roots: ['<rootDir>/test/browser/pictures'],
  testPathIgnorePatterns: ['/node_modules/'],
};
