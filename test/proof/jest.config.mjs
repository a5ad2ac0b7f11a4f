import whole from '../../jest.config.mjs';

/** The proof by evaluation: the policies of the baseline and the guardrails above them, held to a table of requests. */
export default {
  ...whole,
  rootDir: '../..',
  roots: ['<rootDir>/test/proof'],
  testMatch: ['**/*.proof.ts'],
};
