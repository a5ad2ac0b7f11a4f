import base from './jest.config.mjs';

export default { ...base, roots: ['<rootDir>/test/simulation'], testPathIgnorePatterns: ['/node_modules/'] };
