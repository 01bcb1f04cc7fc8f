/** Every number of the board is the list it opens: on its pages and in the API, whoever reads it and whenever. */
import { expect } from 'chai';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, openHouse, type TestHouse } from '../../support/service.ts';
import { open } from '../pages/browser.ts';
import { linesBehind, linked, mainOf, rowsBehind, sumBehind, tablesOf } from './reading.ts';
import { busyTown, rateSome } from './town.ts';

const FREE = 'from=2026-09-01&to=2026-10-31';
const PERIODS = ['period=month', 'period=quarter', 'period=year', FREE];
const READERS = ['inspector', 'town-leader', 'mz-leader', 'ny-reviewer', 'zr-leader'];

onEachDatabase('numbers of the board', (engine) => {
  let opened: Opened;
  let house: TestHouse;

  before(async function () {
    this.timeout(240_000);
    opened = await engine.open();
    house = await openHouse(opened);
    await rateSome(house, await busyTown(house));
    await house.at('2026-10-19T09:40:00+08:00');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const boardOf = async (client: Client, query: string): Promise<string> => {
    const { html, status } = await open(client, `/board?${query}`);
    expect(status).to.equal(200);
    return mainOf(html);
  };

  for (const login of READERS)
    for (const period of PERIODS)
      it(`${login}, ${period}: each opens as many rows`, async function () {
        this.timeout(120_000);
        const client = await house.as(login);
        const numbers = linked(await boardOf(client, `${period}&all=1`));
        if (login !== 'zr-leader') expect(numbers.length).to.be.greaterThan(0);
        for (const { href, text } of numbers) {
          if (href.startsWith('/board/money')) {
            expect(await sumBehind(client, href), href).to.equal(text.replaceAll(',', ''));
            continue;
          }
          expect(await rowsBehind(client, href), href).to.equal(Number(text));
          expect(await linesBehind(client, href), href).to.equal(Number(text));
        }
      });

  it('reach every kind of list', async () => {
    const numbers = linked(await boardOf(await house.as('inspector'), `${FREE}&all=1`));
    for (const kind of [
      /^\/cases\?.*hand=1$/,
      /due=overdue/,
      /decided=.*&timed=known/,
      /closed=.*&outcome=rejected/,
      /reason=REQUEST_CORRECTION/,
      /reason=REFUSE/,
      /reason=REJECT/,
      /^\/ratings\?.*level=5/,
      /^\/ratings\/bad\?standing=open/,
      /^\/board\/money\?.*township=/,
      /^\/certificates\?lies=/,
    ])
      expect(
        numbers.some(({ href }) => kind.test(href)),
        String(kind),
      ).to.equal(true);
  });

  it('without a list are nought, words or days', async () => {
    for (const query of [...PERIODS, `${FREE}&all=1`])
      for (const [title, [, ...rows]] of tablesOf(await boardOf(await house.as('inspector'), query)))
        for (const row of rows) expect(row.length, title).to.be.greaterThan(1);
    const html = await boardOf(await house.as('inspector'), `${FREE}&all=1`);
    const bare = [...html.matchAll(/<td class="numeric" data-label="([^"]+)"><span>([^<]*)<\/span>/g)];
    expect(bare.length).to.be.greaterThan(0);
    for (const [, column = '', text = ''] of bare)
      if (!column.includes('（天）')) expect(text, column).to.match(/^0(\.00)?$/);
  });

  it('come together to what stands under them', async () => {
    const tables = tablesOf(await boardOf(await house.as('inspector'), `${FREE}&all=1`));
    for (const title of ['按部门', '按乡镇', '按事项']) {
      const [, ...rows] = tables.get(title) ?? [];
      const total = rows.pop() ?? [];
      expect(total[0], title).to.equal('合计');
      const sums = total.slice(1).map((_, i) => rows.reduce((sum, row) => sum + Number(row[i + 1]), 0));
      expect(total.slice(1).map(Number), title).to.deep.equal(sums);
    }
  });

  it('of the first rows are among all', async () => {
    const client = await house.as('inspector');
    const all = linked(await boardOf(client, `${FREE}&all=1`));
    const first = linked(await boardOf(client, FREE));
    expect(first.length).to.be.lessThan(all.length);
    expect(all).to.deep.include.members(first);
  });
});
