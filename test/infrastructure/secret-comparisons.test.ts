/** How long a comparison takes must not tell a stranger how much of a guess is right: no program compares secrets by itself. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

/** All that is served or run beside customers; the simulator holds nobody's secrets, the generated client none. */
const files = globSync('src/**/*.ts').filter((file) => !/^src\/(simulator|client\/generated)\//.test(file));

const secret = String.raw`\w*(?:secret|password|passphrase|signature|verifier|bearer|nonce|hmac|privatekey|sessiontoken)`;
/** A value that everybody knows, such as one that is absent. */
const plain = String.raw`(?:undefined|null|true|false|\d|''|'[^']*'|typeof )`;
const compared = new RegExp(
  String.raw`(?:\b${secret}\)?\s*[!=]==\s*(?!\s|${plain}))|(?:[!=]==\s*(?:\w+\.)*${secret}\b)`,
  'i',
);

const found = (text: string): readonly string[] => text.split('\n').filter((line) => compared.test(line));

test('the rule finds what it is to find', () => {
  expect(
    found(
      "if (given !== on.secret) x();\nif (password === other) x();\nif (secret === undefined) x();\nif (kind === 'secret') x();",
    ),
  ).toEqual(['if (given !== on.secret) x();', 'if (password === other) x();']);
});

test('no secret is compared by an operator that stops at the first difference', () => {
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((file) => found(readFileSync(file, 'utf8')).map((line) => `${file}: ${line}`))).toEqual([]);
});
