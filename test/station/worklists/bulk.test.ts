import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { visit, type Walker } from '../../walk/case.ts';
import { inputValue, open, sendPlain } from '../pages/browser.ts';
import { fileFor, join, TOWN, VILLAGE } from './town.ts';

type Fields = [string, string][];

onEachDatabase('bulk acts', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let window: Client;

  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-23T09:00:00+08:00');
    window = await house.as('town-window');
    await join(house, 'twofold', '两头忙', [
      ['window', TOWN],
      ['clerk', VILLAGE],
    ]);
    await join(house, 'ny-both', '双岗人', [
      ['reviewer', '532628-NY'],
      ['leader', '532628-NY'],
    ]);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const picked = (walks: readonly Walker[]): Fields => walks.map((w) => ['case', w.id]);
  const titleOf = async (walk: Walker) => (await walk.reload('village')).stateTitle;
  const acts = async ({ id }: Walker) =>
    house.service.deps.db.read('case_events').where({ case_id: id }).orderBy('seq').pluck('type');
  /** The fields of the last step, as the confirm page holds them. */
  const fieldsOf = (html: string): Fields => {
    const form = html.slice(html.indexOf('action="/worklists/bulk/run"'));
    const read = [...form.matchAll(/<input[^>]*name="(\w+)"[^>]*>/g)].map(
      ([tag, name]) => [name, /value="([^"]*)"/.exec(tag)?.[1] ?? ''] as [string, string],
    );
    return read.filter(([name]) => name !== '_csrf');
  };

  it('shows what becomes of each, does it, and does nothing twice when the form comes again', async () => {
    const walks = await fileFor(house, 'MZ-02', ['李国华', '李老八']);
    const choose = await sendPlain(window, '/worklists/bulk', picked(walks));
    expect(choose.html).to.include('受理').and.include('李国华').and.include('李老八');
    const confirm = await sendPlain(window, '/worklists/bulk/confirm', [
      ...picked(walks),
      ['act', 'ACCEPT'],
      ['opinion', '材料齐全'],
    ]);
    expect(confirm.html).to.include('2 件会办理').and.include('入户调查').and.include('材料齐全');
    expect(await acts(walks[0] as Walker)).to.deep.equal(['FILE']);
    const fields = fieldsOf(confirm.html);
    expect(inputValue(confirm.html, '_request')).not.to.equal('');
    for (let i = 0; i < 2; i += 1) {
      const done = await sendPlain(window, '/worklists/bulk/run', fields);
      expect(done.html).to.include('办好 2 件').and.not.include('没有办');
    }
    for (const walk of walks) expect(await acts(walk)).to.deep.equal(['FILE', 'ACCEPT']);
    const logged = await house.service.deps.db.read('case_events').where({ case_id: walks[0]?.id, seq: 2 });
    expect(logged[0].actor_name).to.equal('李春燕');
  });

  it('a line that breaks half way: the repeat does the rest, each once', async () => {
    const [first, last] = (await fileFor(house, 'MZ-02', ['王一', '王二'])) as [Walker, Walker];
    const body = (walks: Walker[]) => ({
      event: 'ACCEPT',
      cases: walks.map((w) => ({ id: w.id, version: w.view.version })),
    });
    const run = (walks: Walker[]) =>
      window.post<{ outcomes: { done: boolean }[] }>('/api/inbox/bulk', body(walks), {
        'idempotency-key': 'broken-1',
      });
    expect((await run([first])).body.outcomes.map((o) => o.done)).to.deep.equal([true]);
    expect((await run([first, last])).body.outcomes.map((o) => o.done)).to.deep.equal([true, true]);
    expect(await acts(first)).to.deep.equal(['FILE', 'ACCEPT']);
    expect(await acts(last)).to.deep.equal(['FILE', 'ACCEPT']);
  });

  it('what was overtaken is refused with its reason and leaves the others alone', async () => {
    const [moved, still] = (await fileFor(house, 'MZ-02', ['赵一', '赵二'])) as [Walker, Walker];
    const confirm = await sendPlain(window, '/worklists/bulk/confirm', [
      ...picked([moved, still]),
      ['act', 'ACCEPT'],
    ]);
    await moved.act('town-window', 'ACCEPT');
    const { html } = await sendPlain(window, '/worklists/bulk/run', fieldsOf(confirm.html));
    expect(html).to.include('办好 1 件').and.include('没有办 1 件').and.include('刚刚有人办理过');
    expect(await titleOf(still)).to.equal('入户调查');
    expect(html).to.include(`href="/cases/${moved.id}"`);
  });

  it('tells for each what another must do, and does the rest', async () => {
    const twofold = await house.as('twofold');
    const [own] = (await fileFor(house, 'MZ-02', ['孙自填'], 'twofold')) as [Walker];
    const [other] = (await fileFor(house, 'MZ-02', ['孙他填'])) as [Walker];
    const confirm = await sendPlain(twofold, '/worklists/bulk/confirm', [
      ...picked([own, other]),
      ['act', 'ACCEPT'],
    ]);
    expect(confirm.html).to.include('1 件会办理').and.include('1 件不会').and.include('须由另一位同志办理');
    expect(fieldsOf(confirm.html).filter(([name]) => name === 'case')).to.have.length(1);
    const forced = await twofold.post<{ outcomes: { done: boolean; text: string }[] }>('/api/inbox/bulk', {
      event: 'ACCEPT',
      cases: [own, other].map((w) => ({ id: w.id, version: w.view.version })),
    });
    expect(forced.body.outcomes.map((o) => o.done)).to.deep.equal([false, true]);
    expect(forced.body.outcomes[0]?.text).to.include('须由另一位同志办理');
  });

  it('never approves what the same person reviewed', async () => {
    const walks = (await fileFor(house, 'NY-04', ['周一', '周二'])) as [Walker, Walker];
    for (const [i, walk] of walks.entries()) {
      await walk.act('county-window', 'ACCEPT');
      await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
      await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-11-23'));
      await walk.act(i === 0 ? 'ny-both' : 'ny-reviewer', 'FORWARD', { opinion: '同意' });
    }
    const both = await house.as('ny-both');
    const fields: Fields = [...picked(walks), ['act', 'APPROVE'], ['opinion', '准予许可']];
    const confirm = await sendPlain(both, '/worklists/bulk/confirm', fields);
    expect(confirm.html).to.include('1 件会办理').and.include('须由另一位同志办理');
    await sendPlain(both, '/worklists/bulk/run', fieldsOf(confirm.html));
    expect((await acts(walks[0])).at(-1)).to.equal('FORWARD');
    expect((await acts(walks[1])).includes('APPROVE')).to.equal(true);
  });

  it('offers only what all can take, says why not, and asks for the opinion where it is needed', async () => {
    const [fresh, moved] = (await fileFor(house, 'MZ-02', ['吴一', '吴二'])) as [Walker, Walker];
    await moved.act('town-window', 'ACCEPT');
    const mixed = await sendPlain(window, '/worklists/bulk', picked([fresh, moved]));
    expect(mixed.html).to.include('没有一种共同的办法').and.include('现在是“入户调查”，不能这样办');
    const none = await sendPlain(window, '/worklists/bulk', []);
    expect([none.status, none.location]).to.deep.equal([303, '/inbox']);
    const unchosen = await sendPlain(window, '/worklists/bulk/confirm', picked([fresh]));
    expect(unchosen.status).to.equal(422);
    expect(unchosen.html).to.include('请选怎样办');
  });

  it('claims many at once, and tells which another has', async () => {
    await join(house, 'second-window', '钱二妹', [['window', TOWN]]);
    const second = await house.as('second-window');
    const walks = (await fileFor(house, 'MZ-02', ['郑一', '郑二'])) as [Walker, Walker];
    await window.post(`/api/cases/${walks[0].id}/claim`, {});
    const { html } = await sendPlain(second, '/worklists/bulk/claim', picked(walks));
    expect(html).to.include('办好 1 件').and.include('由李春燕领办');
    const confirm = await sendPlain(second, '/worklists/bulk/confirm', [...picked(walks), ['act', 'ACCEPT']]);
    expect(confirm.html).to.include('1 件会办理').and.include('由李春燕领办');
  });

  it('is open to no stranger and not without the proof of the session', async () => {
    const walks = await fileFor(house, 'MZ-02', ['冯一']);
    const stranger = house.stranger();
    expect((await sendPlain(stranger, '/worklists/bulk', picked(walks))).status).to.equal(401);
    const foreign = await sendPlain(await house.as('village2'), '/worklists/bulk', picked(walks));
    expect(foreign.status).to.equal(404);
    expect((await open(window, '/inbox')).html).to.include('批量办理选中的');
  });
});
