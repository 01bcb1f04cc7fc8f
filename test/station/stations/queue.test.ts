import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, type House, openHouse } from '../../support/service.ts';
import { press } from '../../support/stage-public.ts';
import { open, sendPlain } from '../pages/browser.ts';

const VILLAGE = '532628103201';
const PLACE = `/stations/${VILLAGE}`;
const API = `/api${PLACE}/queue`;

interface Ticket {
  number: string;
  state: string;
  calls: number;
  counter: number | null;
  ahead?: number;
}
interface Queue {
  day: string;
  called: Ticket[];
  waiting: Ticket[];
  absent: Ticket[];
  served: number;
  averageWait: number | null;
}

onEachDatabase('stations: the queue', (engine) => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    clerk = await house.as('village');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const take = (purpose?: string) => clerk.post<Ticket>(API, purpose ? { purpose } : {});
  const next = (counter?: number) => clerk.post<Ticket>(`${API}/next`, counter ? { counter } : {});
  const act = (number: string, what: string, body = {}) =>
    clerk.post<Ticket>(`${API}/${number}/${what}`, body);
  const queue = async () => (await house.stranger().get<Queue>(API)).body;
  const numbers = (tickets: Ticket[]) => tickets.map((t) => t.number);
  const ticket = async (number: string) => (await house.stranger().get<Ticket>(`${API}/${number}`)).body;
  const html = async (path: string) => (await open(house.stranger(), path)).html;

  it('numbers run from A001 each day and station; who takes one sees how many wait before', async () => {
    await house.at('2026-09-28T09:00:00+08:00');
    for (const purpose of ['filing', 'collecting', undefined])
      expect((await take(purpose)).status).to.equal(201);
    expect(numbers((await queue()).waiting)).to.deep.equal(['A001', 'A002', 'A003']);
    expect((await ticket('A003')).ahead).to.equal(2);
    expect(await html(`${PLACE}/tickets/A003`)).to.include('前面还有 2 位');
    expect(await html(`${PLACE}/tickets/a001`)).to.include('下一位就是您');
    const other = await (await house.as('village2')).post<Ticket>('/api/stations/532628205201/queue', {});
    expect(other.body.number).to.equal('A001');
    expect((await take('hello')).status).to.equal(422);
  });

  it('the next is called to a window; whoever stood there is served; average from what happened', async () => {
    await house.at('2026-09-28T09:10:00+08:00');
    expect((await next(2)).body).to.include({ number: 'A001', state: 'called', counter: 2, calls: 1 });
    await house.at('2026-09-28T09:20:00+08:00');
    expect((await next(1)).body).to.include({ number: 'A002', counter: 1 });
    expect(numbers((await queue()).called), 'the one called last first').to.deep.equal(['A002', 'A001']);
    await house.at('2026-09-28T09:30:00+08:00');
    expect((await next(2)).body.number).to.equal('A003');
    expect(await queue()).to.deep.include({ served: 1, averageWait: 20, waiting: [] });
    expect(await html(`${PLACE}/tickets/A001`)).to.include('已经办完');
    expect(await html(`${PLACE}/tickets/A003`)).to.include('轮到您了，请到 2 号窗口');
    const none = await next(3);
    expect([none.status, (none.body as unknown as { code: string }).code]).to.deep.equal([
      409,
      'queue.empty',
    ]);
    expect(numbers((await queue()).called), 'nobody is sent away for nothing').to.have.length(2);
  });

  it('calls again, puts aside who did not come, calls him when he does, and ends', async () => {
    await house.at('2026-09-28T09:31:00+08:00');
    expect((await act('A002', 'again')).body).to.include({ calls: 2, counter: 1, state: 'called' });
    expect(numbers((await queue()).called)[0]).to.equal('A002');
    expect((await act('A002', 'absent')).body.state).to.equal('absent');
    expect(await html(`${PLACE}/screen`)).to.include('叫过没来：A002');
    expect((await act('A002', 'done')).status, 'he is not there').to.equal(409);
    expect((await act('A002', 'again', { counter: 1 })).body).to.include({ state: 'called', calls: 3 });
    expect((await act('A002', 'done')).body.state).to.equal('served');
    expect((await act('A002', 'again')).status).to.equal(409);
    expect((await act('A099', 'again')).status).to.equal(404);
    expect((await act('B1', 'again')).status).to.equal(404);
  });

  it('one press is one number, sent twice or not; two clerks at once call two people', async () => {
    const key = { 'Idempotency-Key': 'press-1' };
    const [first, again] = [await clerk.post<Ticket>(API, {}, key), await clerk.post<Ticket>(API, {}, key)];
    expect(again.body).to.deep.equal(first.body);
    await Promise.all([1, 2, 3, 4, 5].map(() => take()));
    const waiting = numbers((await queue()).waiting);
    expect(waiting).to.deep.equal(['A004', 'A005', 'A006', 'A007', 'A008', 'A009']);
    const called = await Promise.all([5, 6, 7, 8].map((counter) => next(counter)));
    expect(new Set(called.map((c) => c.body.number)).size).to.equal(4);
    const nextKey = { 'Idempotency-Key': 'press-2' };
    await clerk.post(`${API}/next`, { counter: 9 }, nextKey);
    await clerk.post(`${API}/next`, { counter: 9 }, nextKey);
    expect(numbers((await queue()).waiting)).to.deep.equal(['A009']);
  });

  it('the clerk does all of it with plain forms', async () => {
    const page = async () => (await open(clerk, `${PLACE}/queue?window=9`)).html;
    expect(await page())
      .to.include('A008')
      .and.include('data-key="n"')
      .and.include('data-key="t"');
    const sent = await press(house, clerk, `${PLACE}/queue/take`, { purpose: 'asking', window: '9' });
    expect([sent.status, sent.location]).to.deep.equal([303, `${PLACE}/queue?window=9`]);
    expect(await page())
      .to.include('A010')
      .and.include('咨询');
    await press(house, clerk, `${PLACE}/queue/A008/done`, { window: '9' });
    expect(await page()).to.include('空着');
    await press(house, clerk, `${PLACE}/queue/next`, { window: '9' });
    expect((await queue()).called[0]).to.include({ number: 'A009', counter: 9 });
    await press(house, clerk, `${PLACE}/queue/A009/absent`, { window: '9' });
    expect(await page()).to.include('叫过没来的');
  });

  it('nobody else calls, and no stranger fills the queue from afar', async () => {
    const before = await queue();
    for (const login of ['village2', 'committee', 'town-window', 'sysadmin']) {
      const other = await house.as(login);
      expect((await other.post(API, {})).status, login).to.equal(403);
      expect((await other.post(`${API}/next`, {})).status, login).to.equal(403);
      expect((await other.post(`${API}/A010/again`, {})).status, login).to.equal(403);
      expect((await open(other, `${PLACE}/queue`)).status, login).to.equal(403);
      expect((await press(house, other, `${PLACE}/queue/take`, {})).status, login).to.equal(403);
    }
    const stranger = house.stranger();
    expect((await stranger.post(API, {})).status).to.equal(401);
    expect((await sendPlain(stranger, `${PLACE}/queue/take`, [])).status).to.equal(403);
    expect(await queue()).to.deep.equal(before);
  });

  it('a screen hands out numbers once its clerk has opened it: a code good once, for a quarter of an hour', async () => {
    const codeOf = async () => {
      const { html: shown } = await press(house, clerk, `${PLACE}/kiosk/open`, {});
      return /queue-number">([0-9A-Z-]{9})</.exec(shown)?.[1] ?? '';
    };
    const enter = (code: string, org = VILLAGE) =>
      sendPlain(house.stranger(), `/stations/${org}/kiosk/device`, [['code', code]]);
    const code = await codeOf();
    expect((await enter(code, '532628205201')).status, 'of another station').to.equal(422);
    expect((await enter('AAAA-AAAA')).status).to.equal(422);
    const paired = await enter(code.toLowerCase());
    expect(paired.status).to.equal(303);
    expect((await enter(code)).status, 'a second time').to.equal(422);
    const kiosk = house.stranger();
    kiosk.cookie =
      paired.headers
        .getSetCookie()
        .find((c) => c.startsWith('cunban-device='))
        ?.split(';')[0] ?? '';
    expect((await open(kiosk, `${PLACE}/kiosk`)).html).to.include('取排队号');
    expect(await html(`${PLACE}/kiosk`)).to.not.include('取排队号');
    const taken = await sendPlain(kiosk, `${PLACE}/queue/take`, [
      ['purpose', 'filing'],
      ['_request', 'k1'],
    ]);
    const again = await sendPlain(kiosk, `${PLACE}/queue/take`, [
      ['purpose', 'filing'],
      ['_request', 'k1'],
    ]);
    expect([taken.status, taken.location, again.location]).to.deep.equal([
      303,
      `${PLACE}/tickets/A011`,
      taken.location,
    ]);
    expect((await sendPlain(kiosk, '/stations/532628205201/queue/take', [])).status).to.equal(403);
    const late = await codeOf();
    await house.at('2026-09-28T10:00:00+08:00');
    expect((await enter(late)).status, 'too late').to.equal(422);
    await press(house, clerk, `${PLACE}/kiosk/close`, {});
    expect((await sendPlain(kiosk, `${PLACE}/queue/take`, [])).status).to.equal(403);
    const rows = JSON.stringify(await house.service.deps.db.read('kiosk_devices'));
    expect(rows).to.not.include(code.replace('-', '')).and.to.not.include(kiosk.cookie.split('=')[1]);
  });

  it('ends with the day: yesterday’s numbers are gone, today begins with A001', async () => {
    expect((await queue()).waiting).to.have.length(2);
    await house.at('2026-09-29T00:01:00+08:00');
    expect(await queue()).to.deep.include({
      day: '2026-09-29',
      waiting: [],
      called: [],
      absent: [],
      served: 0,
      averageWait: null,
    });
    expect((await act('A010', 'again')).status).to.equal(404);
    expect((await open(house.stranger(), `${PLACE}/tickets/A010`)).status).to.equal(404);
    expect((await take()).body.number).to.equal('A001');
  });
});
