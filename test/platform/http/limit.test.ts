import { expect } from 'chai';
import { limit } from '../../../src/platform/http/index.ts';
import { answering, type Door, openDoor } from './door.ts';

describe('limit', () => {
  let door: Door;
  let now = 0;
  before(async () => {
    const few = limit({ max: 2, perSeconds: 60, key: (ctx) => ctx.get('x-who'), now: () => now });
    door = await openDoor({
      api: [answering({ path: '/api/progress', before: [few] }, () => ({}))],
    });
  });
  after(() => door.stop());

  const ask = (who: string) => fetch(`${door.url}/api/progress`, { headers: { 'x-who': who } });

  it('counts per key and window, and says when to come back', async () => {
    now = 1_000;
    expect([(await ask('a')).status, (await ask('a')).status]).to.deep.equal([200, 200]);
    now = 21_000;
    const third = await ask('a');
    expect([third.status, third.headers.get('retry-after')]).to.deep.equal([429, '40']);
    expect((await ask('b')).status).to.equal(200);
    now = 60_999;
    expect((await ask('a')).status).to.equal(429);
    now = 61_000;
    expect((await ask('a')).status).to.equal(200);
  });
});
