/** The feed as lines: up to its end, or up to the end of the token that it was asked for with. */
import { expect, test } from '@jest/globals';
import { feedLines } from '../../../../src/infrastructure/http/routes/feed-lines.js';

async function* pagesOf(...pages: readonly (readonly string[])[]) {
  for (const page of pages) yield page.map((position) => ({ position }));
}

async function linesOf(pages: Parameters<typeof feedLines>[0], isOver: () => boolean): Promise<readonly object[]> {
  const end = [{ type: 'head.signed' }, { upTo: 'log:9' }];
  let text = '';
  for await (const lines of feedLines(pages, { after: 'log:1', isOver, end: () => end })) text += lines;
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('it ends with what stands at its end', async () => {
  const told = [{ position: 'log:2' }, { position: 'log:5' }, { type: 'head.signed' }, { upTo: 'log:9' }];
  expect(await linesOf(pagesOf(['log:2'], [], ['log:5']), () => false)).toEqual(told);
});

test('it ends after the page during which the token expires, and says how far it came', async () => {
  let checks = 0;
  const pages = pagesOf(['log:2'], ['log:4', 'log:5'], ['log:6']);
  const lines = await linesOf(pages, () => ++checks === 2);
  expect(lines).toEqual([{ position: 'log:2' }, { position: 'log:4' }, { position: 'log:5' }, { upTo: 'log:5' }]);
  expect(await pages.next()).toEqual({ value: undefined, done: true });
});

test('of one that has told nothing until then it says where it began', async () => {
  expect(await linesOf(pagesOf([], ['log:2']), () => true)).toEqual([{ upTo: 'log:1' }]);
});
