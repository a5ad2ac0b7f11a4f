/** A route's plain case is answered directly, and everything else by the route. */
import { expect, test } from '@jest/globals';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Refusal } from '../../../../src/domain/refusal.js';
import { answerDirectly, type DirectAnswer } from '../../../../src/infrastructure/http/kit/direct-answers.js';

async function answersOf(answer: DirectAnswer, path: string): Promise<readonly [string, string]> {
  const adapter = new FastifyAdapter({ skipMiddie: true });
  const hooks: string[] = [];
  answerDirectly(adapter, { 'GET /things/:id': answer });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (_request, _reply, done) => {
    hooks.push('before');
    done();
  });
  fastify.setErrorHandler((error, _request, reply) => void reply.send(String(error)));
  fastify.get('/things/:id', async () => 'the route');
  fastify.get('/others/:id', async () => 'another route');
  await fastify.ready();
  const { body } = await fastify.inject({ method: 'GET', url: path });
  await fastify.close();
  return [body, hooks.join()];
}

const plain: DirectAnswer = (_request, reply) => {
  reply.send('directly');
  return true;
};

test('what is plain is answered directly, after all that stands before a route', async () => {
  expect(await answersOf(plain, '/things/1')).toEqual(['directly', 'before']);
});

test('what is not plain, what fails and what is of another route goes the usual way', async () => {
  expect(await answersOf(() => false, '/things/1')).toEqual(['the route', 'before']);
  const failing: DirectAnswer = () => {
    throw new Error('not found');
  };
  expect(await answersOf(failing, '/things/1')).toEqual(['the route', 'before']);
  expect(await answersOf(plain, '/others/1')).toEqual(['another route', 'before']);
});

test('a refusal is the answer, and the route does not come to it once more', async () => {
  const refusing: DirectAnswer = () => {
    throw new Refusal('not-found', 'There is no such thing.');
  };
  expect(await answersOf(refusing, '/things/1')).toEqual(['Error: There is no such thing.', 'before']);
});
