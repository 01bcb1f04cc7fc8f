import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, type House, openHouse } from '../../support/service.ts';
import { press } from '../../support/stage-public.ts';
import { open } from '../pages/browser.ts';

const VILLAGE = '532628103201';
const PLACE = `/stations/${VILLAGE}`;

interface Station {
  address?: string;
  phones: { what: string; number: string }[];
  standing: { state: string; until?: string; opens?: string; why?: string | null };
  week: { day: string; spans: [string, string][] | null; why: string | null; isOwn: boolean }[];
  items: { code: string }[];
}

onEachDatabase('stations: their pages and hours', (engine) => {
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

  const station = async (id = VILLAGE) => (await house.stranger().get<Station>(`/api/stations/${id}`)).body;
  const html = async (path: string) => (await open(house.stranger(), path)).html;
  const enter = (fields: Record<string, string>) => press(house, clerk, `${PLACE}/hours`, fields);
  const day = async (date: string) => (await station()).week.find((d) => d.day === date);

  it('knows nothing of a station until somebody enters it, and says so', async () => {
    await house.at('2026-09-28T09:40:00+08:00');
    const { phones, address } = await station();
    expect({ phones, address }).to.deep.equal({ phones: [], address: undefined });
    const page = await html(PLACE);
    expect(page.match(/尚未登记/g), 'telephone, duty, address, way').to.have.length(4);
    expect(page).to.include('本站没有登记自己的时间').and.not.include('tel:');
  });

  it('counts the county’s hours on working days: open, at noon, over, on a holiday', async () => {
    const at = async (time: string) => {
      await house.at(`2026-09-${time}+08:00`);
      return (await station()).standing;
    };
    expect(await at('29T08:29:00')).to.deep.equal({ state: 'later', opens: '08:30' });
    expect(await at('29T08:30:00')).to.deep.equal({ state: 'open', until: '11:30' });
    expect(await at('29T11:30:00')).to.deep.equal({ state: 'later', opens: '14:30' });
    expect(await at('29T17:30:00')).to.deep.equal({ state: 'over' });
    const holiday = await day('2026-10-01');
    expect(holiday).to.deep.include({ spans: [], why: '国庆节' });
    expect(await html(PLACE))
      .to.include('今天已经下班')
      .and.include('不上班（国庆节）');
  });

  it('takes the clerk’s own hours, the last entered first, until they end or are taken back', async () => {
    const restdays = {
      '/days': '休息日、节假日',
      '/open': '开放',
      '/spans/0/opens': '09:00',
      '/spans/0/closes': '12:00',
    };
    const sent = await enter({ '/from': '2026-10-01', '/to': '2026-10-03', ...restdays, '/note': '赶街' });
    expect(sent.status).to.equal(303);
    expect(await day('2026-10-02')).to.deep.include({
      spans: [['09:00', '12:00']],
      why: '赶街',
      isOwn: true,
    });
    expect(await day('2026-10-04'), 'after their last day').to.deep.include({ spans: [], isOwn: false });
    expect(await day('2026-09-30'), 'a working day').to.deep.include({ isOwn: false });
    await enter({
      '/from': '2026-10-02',
      '/to': '2026-10-02',
      '/days': '每天',
      '/open': '不开放',
      '/note': '停电',
    });
    expect(await day('2026-10-02'), 'entered later').to.deep.include({ spans: [], why: '停电' });
    const { hours } = {
      hours: await house.service.deps.db.read('station_hours').orderBy('id', 'desc').first(),
    };
    await press(house, clerk, `${PLACE}/hours/${hours.id}/remove`, {});
    expect(await day('2026-10-02')).to.deep.include({ why: '赶街' });
    expect((await press(house, clerk, `${PLACE}/hours/${hours.id}/remove`, {})).status).to.equal(404);
    const history = (await open(clerk, `${PLACE}/edit`)).html;
    expect(history)
      .to.include('登记时间：2026年10月2日 每天 不上班 停电')
      .and.include('撤下时间：')
      .and.include('农秀兰');
  });

  it('refuses hours that cannot be, at their fields, and keeps what was typed', async () => {
    const wrong = await enter({
      '/from': '2026-11-02',
      '/to': '2026-11-01',
      '/days': '工作日',
      '/open': '开放',
      '/spans/0/opens': '12:00',
      '/spans/0/closes': '09:00',
    });
    expect(wrong.status).to.equal(422);
    expect(wrong.html)
      .to.include('结束的日子不能早于')
      .and.include('关门要晚于开门')
      .and.include('value="2026-11-01"');
    expect((await enter({ '/from': '2026-11-02', '/days': '工作日', '/open': '开放' })).html).to.include(
      '至少写一段时间',
    );
    const overlap = {
      '/spans/1/opens': '10:00',
      '/spans/1/closes': '13:00',
      '/spans/0/opens': '09:00',
      '/spans/0/closes': '11:00',
    };
    expect(
      (await enter({ '/from': '2026-11-02', '/days': '工作日', '/open': '开放', ...overlap })).html,
    ).to.include('不能早于上一段');
    expect(
      (
        await enter({
          '/from': '2026-11-02',
          '/days': '工作日',
          '/open': '开放',
          '/spans/0/opens': '9点',
          '/spans/0/closes': '11:00',
        })
      ).html,
    ).to.include('写成 08:30 的样子');
  });

  it('shows what the clerk enters at once, every version with who and when', async () => {
    const facts = {
      '/address': '村委会一楼',
      '/phones/0/what': '服务台',
      '/phones/0/number': '0876-6122333',
      '/duty/0/role': '村代办员',
    };
    const first = await press(house, clerk, `${PLACE}/facts`, facts);
    expect(first.status).to.equal(303);
    await press(house, clerk, `${PLACE}/facts`, { ...facts, '/address': '村委会二楼' });
    const page = await html(PLACE);
    expect(page).to.include('村委会二楼').and.include('href="tel:0876-6122333"').and.include('村代办员');
    expect(page, 'a name nobody entered').to.not.include('农秀兰');
    const history = (await open(clerk, `${PLACE}/edit`)).html;
    expect(history).to.include('修改：地址<').and.include('修改：地址、电话、谁值班');
    const bad = await press(house, clerk, `${PLACE}/facts`, { ...facts, '/phones/0/number': '打我' });
    expect(bad.status).to.equal(422);
    expect(bad.html).to.include('电话只写数字和短横').and.include('打我');
    expect((await station()).phones).to.deep.equal([{ what: '服务台', number: '0876-6122333' }]);
  });

  it('a row is added without a script, and a form sent twice is written once', async () => {
    const before = await house.service.deps.db.read('station_facts').count({ n: '*' }).first();
    const more = await press(house, clerk, `${PLACE}/facts`, { '/address': '新址', _row: 'add:/phones' });
    expect(more.html).to.include('name="/phones/0/number"').and.include('value="新址"');
    const key = { _request: 'the-same-press', '/address': '新址' };
    await press(house, clerk, `${PLACE}/facts`, key);
    await press(house, clerk, `${PLACE}/facts`, key);
    const after = await house.service.deps.db.read('station_facts').count({ n: '*' }).first();
    expect(Number(after?.n) - Number(before?.n)).to.equal(1);
  });

  it('only whoever sits at its counter writes it; strangers are led to sign in', async () => {
    for (const login of ['village2', 'committee', 'town-window', 'sysadmin', 'mz-officer']) {
      const other = await house.as(login);
      expect((await open(other, `${PLACE}/edit`)).status, login).to.equal(403);
      expect((await press(house, other, `${PLACE}/facts`, { '/address': '别处' })).status, login).to.equal(
        403,
      );
      expect(
        (
          await press(house, other, `${PLACE}/hours`, {
            '/from': '2026-11-02',
            '/days': '每天',
            '/open': '不开放',
          })
        ).status,
        login,
      ).to.equal(403);
    }
    expect((await open(house.stranger(), `${PLACE}/edit`)).location).to.include('/sign-in?next=');
    expect((await open(await house.as('mz-officer'), '/stations/532628-MZ/edit')).status).to.equal(200);
    expect((await open(await house.as('town-window'), '/stations/532628103/edit')).status).to.equal(200);
    expect(await html(PLACE))
      .to.include('新址')
      .and.not.include('别处')
      .and.not.include('修改本站信息');
  });

  it('lists what is applied for at each counter, and finds counters by name and by township', async () => {
    const codes = async (id: string) => (await station(id)).items.map((i) => i.code);
    expect(await codes(VILLAGE)).to.have.length(33);
    expect(await codes('532628-MZ')).to.deep.equal(['MZ-01', 'MZ-02', 'MZ-03']);
    expect(await codes('532628')).to.deep.equal(['NY-04', 'SW-01', 'XM-01']);
    expect(await codes('532628103'))
      .to.include('NY-01')
      .and.not.include('NY-04');
    expect(await html('/stations'))
      .to.include('/stations?in=532628103')
      .and.include('/stations/532628-MZ');
    expect(await html('/stations?in=532628103'))
      .to.include(PLACE)
      .and.include('/stations/532628103-SH');
    expect(await html('/stations?q=剥隘')).to.include(PLACE);
    expect(await html('/stations?q=飞机')).to.include('没有找到“飞机”');
    for (const nowhere of ['/stations/532600', '/stations/999', '/stations?in=999', '/api/stations/532600'])
      expect((await open(house.stranger(), nowhere)).status, nowhere).to.equal(404);
  });

  it('does not guess a year whose holidays are not published', async () => {
    await house.at('2026-12-31T09:00:00+08:00');
    const days = (await station()).week.map((d) => d.spans);
    expect(days[0]).to.deep.equal([
      ['08:30', '11:30'],
      ['14:30', '17:30'],
    ]);
    expect(days.slice(1)).to.deep.equal([null, null, null, null, null, null]);
    await enter({
      '/from': '2027-01-02',
      '/to': '2027-01-02',
      '/days': '每天',
      '/open': '开放',
      '/spans/0/opens': '09:00',
      '/spans/0/closes': '10:00',
    });
    await enter({
      '/from': '2027-01-04',
      '/days': '工作日',
      '/open': '开放',
      '/spans/0/opens': '09:00',
      '/spans/0/closes': '10:00',
    });
    expect((await day('2027-01-02'))?.spans, 'every day, whatever it is').to.deep.equal([['09:00', '10:00']]);
    expect((await day('2027-01-04'))?.spans, 'a working day, if it is one').to.equal(null);
    await house.at('2027-01-05T09:00:00+08:00');
    expect((await station()).standing).to.deep.equal({ state: 'unknown' });
    expect(await html(PLACE))
      .to.include('放假安排未公布')
      .and.include('未公布');
  });
});
