/** Surroundings under which everybody who waits may be given a slot. */
import type { Settings } from '../../src/application/dependencies.js';
import type { Terms } from '../../src/application/ports/terms.js';
import { currentTerms } from './story.js';

/** The territory of the story, served. */
export const territories: Settings['territories'] = {
  version: '2026-01',
  list: [{ code: 'US', name: 'United States' }],
};

/** The terms of the story, in force. */
export const terms: Terms = { current: () => currentTerms.map((document) => ({ ...document, text: 'The terms.' })) };
