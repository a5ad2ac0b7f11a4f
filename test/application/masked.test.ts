/** What is recorded of a failed call holds no secret, whatever it was called and wherever it stood. */
import { expect, test } from '@jest/globals';
import { masked } from '../../src/application/masked.js';

test('members with telling names are masked at any depth', () => {
  const facts = { step: 'Reveal', temporaryPassword: 'p', call: [{ Authorization: 'a', SessionToken: 's', ok: true }] };
  expect(masked(facts)).toEqual({
    step: 'Reveal',
    temporaryPassword: '[masked]',
    call: [{ Authorization: '[masked]', SessionToken: '[masked]', ok: true }],
  });
});

test.each([
  ['Bearer abc.def is wrong', 'Bearer [masked] is wrong'],
  ['got eyJhbGciOiJ9.eyJzdWIi.c2ln here', 'got [masked] here'],
  [
    'https://x.example/federation?Action=login&SigninToken=abc&y=1',
    'https://x.example/federation?Action=login&SigninToken=[masked]&y=1',
  ],
  ['nothing to hide', 'nothing to hide'],
])('secrets inside texts are masked: %s', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test('an error is told with its stack and cause, and what refers to itself comes to an end', () => {
  const error = new Error('Bearer abc refused', { cause: new Error('why') });
  expect(masked({ error })).toMatchObject({ error: { message: 'Bearer [masked] refused', cause: { message: 'why' } } });
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(JSON.stringify(masked(loop))).toContain('[deeper]');
});
