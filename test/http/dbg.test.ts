import { test } from '@jest/globals';
import { startApi } from '../support/api.js';
import { register, request } from '../support/people.js';
const run = (abort: boolean) => async () => {
    const small = await startApi({ mostOpen: 5 });
    await register(small);
    const id = await request(small, 'full-1');
    const leave = new AbortController();
    const path = `/v1/providers/${id}/changes`;
    const first = await small.send('administrator', 'GET', path, { signal: leave.signal });
    if (abort) leave.abort(); else await first.body?.cancel();
    const t = Date.now();
    await small.stopServing();
    console.log(abort, 'server closed', Date.now() - t);
    await small.close();
    console.log('closed', Date.now() - t);
};
test('x', run(true), 14000);
test('y', run(false), 14000);
