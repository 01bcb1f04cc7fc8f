/** The leader's board: every number is the list it opens, within what each reader may see. Long: one town for all. */
import { expect } from 'chai';
import readXlsxFile from 'read-excel-file/node';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { open } from '../pages/browser.ts';
import { busyTown, LAST_FOUR, type Town } from './town.ts';

const THIS = '/board?from=2026-09-01&to=2026-10-31';

/** A page of one list or another. */
type Lines = { next: string | null } & Partial<Record<'cases' | 'ratings' | 'certificates', unknown[]>>;

interface Linked {
  href: string;
  text: string;
}
const plain = (s: string) => s.replaceAll('&amp;', '&');

/** Every number of a board with the list it opens. */
const linked = (html: string): Linked[] =>
  [...html.matchAll(/<a (?:class="stat-body" )?href="([^"]+)"[^>]*>(.*?)<\/a>/gs)]
    .map(([, href, inner]) => {
      const text = /<b>([^<]*)<\/b>/.exec(inner as string)?.[1] ?? (inner as string);
      return { href: plain(href as string), text };
    })
    .filter(({ text }) => /^-?[\d,]+(\.\d+)?$/.test(text));

onEachDatabase('the board', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let town: Town;

  before(async function () {
    this.timeout(240_000);
    opened = await engine.open();
    house = await openHouse(opened);
    town = await busyTown(house);
    const rate = (walk: { view: { number: string | null } }, level: number, comment: string) =>
      house
        .stranger()
        .post('/api/ratings', { number: walk.view.number, lastFour: LAST_FOUR, level, comment });
    expect((await rate(town.collected, 1, '很快')).status).to.equal(204);
    expect((await rate(town.rejected, 5, '态度不好，农秀英，13812345678')).status).to.equal(204);
    await house.at('2026-10-19T09:40:00+08:00');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  async function linesOf(client: Client, href: string): Promise<number> {
    const [path = '', query = ''] = href.split('?');
    let found = 0;
    for (let after: string | null = ''; after !== null; ) {
      const more = new URLSearchParams(query);
      if (after !== '') more.set('after', after);
      const { status, body } = await client.get<Lines>(`/api${path}?${more}`);
      expect(status, `${href}: ${JSON.stringify(body)}`).to.equal(200);
      found += (body.cases ?? body.ratings ?? body.certificates ?? []).length;
      after = body.next;
    }
    return found;
  }

  /** A sum of money opens the runs and villages it is made of. */
  async function sumOf(client: Client, href: string): Promise<string> {
    const { html, status } = await open(client, href);
    expect(status).to.equal(200);
    const amounts = [...html.matchAll(/<td class="numeric"[^>]*>(-?[\d,.]+)<\/td>/g)].map((m) =>
      Math.round(Number((m[1] as string).replaceAll(',', '')) * 100),
    );
    return (amounts.reduce((a, b) => a + b, 0) / 100).toFixed(2);
  }

  for (const login of ['inspector', 'town-leader', 'mz-leader', 'ny-reviewer', 'zr-leader'])
    for (const path of ['/board', '/board?period=quarter', '/board?period=year', THIS])
      it(`${login}, ${path}: each number is what its list holds`, async () => {
        const client = await house.as(login);
        const { html, status } = await open(client, path);
        expect(status).to.equal(200);
        const numbers = linked(html);
        if (login !== 'zr-leader') expect(numbers.length).to.be.greaterThan(0);
        for (const { href, text } of numbers)
          if (href.startsWith('/board/money'))
            expect(await sumOf(client, href), href).to.equal(text.replaceAll(',', ''));
          else expect(await linesOf(client, href), href).to.equal(Number(text));
      });

  const numbersOf = async (login: string, path = THIS) =>
    new Map(linked((await open(await house.as(login), path)).html).map(({ href, text }) => [href, text]));
  const cases = (query: Record<string, string>) => `/cases?${new URLSearchParams({ place: '1', ...query })}`;

  it('counts what happened, and only in its reader’s place', async () => {
    const all = await numbersOf('inspector');
    const decided = { decided: '2026-09-01~2026-10-31' };
    expect(all.get(cases({ department: 'NY', ...decided }))).to.equal('3');
    expect(all.get(cases({ department: 'MZ', hand: '1', due: 'overdue' }))).to.equal('2');
    expect(all.get(cases({ township: '532628205', ...decided }))).to.equal('1');
    expect(all.get(cases({ closed: decided.decided, outcome: 'refused' }))).to.equal('1');
    expect(all.get('/certificates?lies=532628103201')).to.equal('1');
    expect(all.get('/ratings?days=2026-09-01%7E2026-10-31&level=5')).to.equal('1');
    const own = await numbersOf('town-leader');
    expect(own.get(cases({ department: 'NY', ...decided }))).to.equal('2');
    expect(own.has(cases({ township: '532628205', ...decided }))).to.equal(false);
    const civil = await numbersOf('mz-leader');
    expect([...civil.keys()].some((href) => href.includes('NY'))).to.equal(false);
    expect([...(await numbersOf('zr-leader')).keys()]).to.deep.equal([]);
  });

  it('is for inspectors, leaders and reviewers', async () => {
    for (const login of ['village', 'mz-officer', 'sysadmin', 'auditor'])
      expect((await open(await house.as(login), '/board')).status, login).to.equal(403);
    for (const path of [
      '/board/charts/departments.svg',
      '/board/board.xlsx',
      '/board/money?scheme=elder-allowance',
    ])
      expect((await open(await house.as('village'), path)).status, path).to.equal(403);
    expect((await open(house.stranger(), '/board')).location).to.equal('/sign-in?next=%2Fboard');
    expect((await open(await house.as('inspector'), '/board?from=2026-10-02&to=2026-10-01')).status).to.equal(
      422,
    );
    expect((await open(await house.as('inspector'), '/board?from=2010-01-01&to=2026-10-01')).status).to.equal(
      422,
    );
  });

  it('names nobody who works, and nothing that anybody typed', async () => {
    const { html } = await open(await house.as('inspector'), THIS);
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    const names: string[] = await house.service.deps.db.read('accounts').pluck('name');
    for (const name of names) expect(main, name).not.to.include(name);
    expect(main).to.include('材料：');
    expect(main).to.include('隐瞒情况或者提供虚假材料');
    expect(main).to.include('其他内容');
    for (const typed of ['张三家的地契', '打不通', '13812345678', '农秀英'])
      expect(main).not.to.include(typed);
    const kept = JSON.stringify(await house.service.deps.db.read('case_reasons'));
    for (const typed of ['张三', '打不通', '不符合条件']) expect(kept).not.to.include(typed);
  });

  it('draws each picture with a text, its table beside it, and as an image', async () => {
    const client = await house.as('inspector');
    const { html } = await open(client, THIS);
    const pictures = [...html.matchAll(/<img class="board-chart" src="([^"]+)" alt="([^"]+)"/g)];
    expect(pictures.map((p) => /charts\/([\w-]+)\.svg/.exec(p[1] as string)?.[1])).to.deep.equal([
      'departments',
      'townships',
      'days-items',
      'ratings',
    ]);
    for (const [, src, alt] of pictures) {
      expect(alt).to.match(/^条形图：.+数字都在旁边的表里。$/);
      const drawn = await open(client, plain(src as string));
      expect(drawn.headers.get('content-type')).to.match(/^image\/svg\+xml/);
      expect(drawn.html).to.match(/^<svg /);
      expect(drawn.html).to.include('<pattern');
    }
    expect((await open(client, '/board/charts/nothing.svg')).status).to.equal(404);
  });

  it('stays the same for half a minute and says as of when', async () => {
    const client = await house.as('inspector');
    await house.at('2026-10-19T10:00:00+08:00');
    const first = await open(client, '/board');
    expect(first.html).to.include('2026年10月19日 10:00');
    const before = (await numbersOf('inspector', '/board')).get(cases({ hand: '1' }));
    await town.late[1]?.act('village', 'WITHDRAW', { reason: '不办了' });
    expect((await numbersOf('inspector', '/board')).get(cases({ hand: '1' }))).to.equal(before);
    await house.at('2026-10-19T10:01:00+08:00');
    expect((await numbersOf('inspector', '/board')).get(cases({ hand: '1' }))).to.equal(
      String(Number(before) - 1),
    );
  });

  it('leaves as a workbook, one sheet for each table, and that is written down', async () => {
    const client = await house.as('inspector');
    const response = await fetch(`${house.url}/board/board.xlsx?from=2026-09-01&to=2026-10-31`, {
      headers: { cookie: client.cookie },
    });
    expect(response.status).to.equal(200);
    const sheets = await readXlsxFile(Buffer.from(await response.arrayBuffer()));
    expect(sheets).to.have.length(12);
    const departments = sheets.find((s: { sheet: string }) => s.sheet === '按部门') as unknown as {
      data: unknown[][];
    };
    expect(departments.data.find((row) => row[0] === '农业农村局')?.[4]).to.equal(3);
    const written = await house.service.deps.db.read('audit').where({ act: 'board.export' });
    expect(written).to.have.length(1);
    expect(JSON.parse(written[0].detail)).to.include({ from: '2026-09-01' });
  });

  it('leaves out of the days of a decision what the clock stood still, and fills what was decided before', async () => {
    const { db } = house.service.deps;
    const days = async (id: string) => db.read('cases').where({ id }).first('days_taken', 'days_promised');
    const told = await days(town.collected.id);
    expect(told.days_taken).to.equal(0);
    expect(told.days_promised).to.be.greaterThan(0);
    expect(await days(town.late[0]?.id as string)).to.deep.equal({ days_taken: null, days_promised: null });
    const reasons = await db.read('case_reasons').orderBy(['case_id', 'target']);
    await db.write('cases').update({ days_taken: null, days_promised: null });
    await db.write('case_reasons').delete();
    await db.write('meta').where({ key: 'cases.figures' }).delete();
    house = await house.restart();
    const again = house.service.deps.db;
    expect(
      await again.read('cases').where({ id: town.collected.id }).first('days_taken', 'days_promised'),
    ).to.deep.equal(told);
    expect(await again.read('case_reasons').orderBy(['case_id', 'target'])).to.deep.equal(reasons);
  });
});
