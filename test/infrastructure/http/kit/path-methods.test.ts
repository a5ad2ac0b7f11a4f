/** A wrong method is told apart from a wrong path. */
import { expect, test } from '@jest/globals';
import { PathMethods } from '../../../../src/infrastructure/http/kit/path-methods.js';

test('the methods that a path offers are known', () => {
  const paths = new PathMethods();
  paths.add('/v1/providers/:id', 'GET');
  paths.add('/v1/providers/:id', ['DELETE']);
  expect(paths.methodsAt('/v1/providers/7?x=1')).toEqual(['DELETE', 'GET']);
  expect(paths.methodsAt('/v1/providers/')).toEqual([]);
});
