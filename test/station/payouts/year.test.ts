/**
 * A year of money: 5,000 people in six schemes, deaths and moves told late, suspensions, a bank that refuses, and a
 * crash in each run, at the export or while its return is read. The bank keeps books of its own, and so does the
 * test; at the end all three must agree to the fen.
 */
import { expect } from 'chai';
import type { RunView } from '../../../src/station/payouts/runs/view.ts';
import { findScheme } from '../../../src/station/payouts/schemes.ts';
import type { Entitlement } from '../../../src/station/payouts/types.ts';
import type { Order } from '../../support/bank.ts';
import { type Engine, type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, card, enrol, losePower, payDesk } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';

/** Schemes, who pays, how many people and how much they get for a period. */
const SCHEMES = [
  { scheme: 'dibao', department: 'MZ', people: 1500, fen: 41_237 },
  { scheme: 'elder-allowance', department: 'MZ', people: 1200, fen: 6_000 },
  { scheme: 'disability-benefit', department: 'MZ', people: 900, fen: 9_050 },
  { scheme: 'resident-pension', department: 'RS', people: 1000, fen: 17_813 },
  { scheme: 'student-aid', department: 'JY', people: 250, fen: 62_500 },
  { scheme: 'family-planning-award', department: 'WJ', people: 150, fen: 96_000 },
] as const;
type Department = (typeof SCHEMES)[number]['department'];

/** Twelve months, and which term or year falls due in them. */
const MONTHS = ['2026-10', '2026-11', '2026-12', ...Array.from({ length: 9 }, (_, i) => `2027-0${i + 1}`)];
const OTHER_PERIODS: Record<string, Record<string, string>> = {
  'student-aid': { '2026-10': '2026-T2', '2027-04': '2027-T1' },
  'family-planning-award': { '2026-12': '2026', '2027-09': '2027' },
};
/** Postgres carries a tenth: it is the same code, and this is about arithmetic. */
const shareOf = ({ name }: Engine): number => (name === 'sqlite' ? 1 : 0.1);

/** Chance without chance: the same year each time (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** What the test itself keeps of a claim. */
interface Kept {
  id: string;
  scheme: string;
  amount: number;
  /** Periods that are owed. */
  owed: Set<string>;
  open: boolean;
  /** When the office heard that it ends. */
  stoppedAt?: string;
}

onEachDatabase('a year of money', (engine) => {
  const roll = dice(20261001);
  const kept = new Map<string, Kept>();
  /** The bank's books: account → claim, and fen that arrived for a claim. */
  const owners = new Map<string, string>();
  const arrived = new Map<string, number>();
  let cards = 500_000;
  let crashes = 0;
  let refusals = 0;
  let opened: Opened;
  let house: TestHouse;
  before(async function () {
    this.timeout(600_000);
    opened = await engine.open();
    house = await openHouse(opened, { LOG_LEVEL: 'silent' });
    await house.at('2026-10-01T09:00:00+08:00');
    let first = 0;
    for (const { scheme, people, fen } of SCHEMES) {
      const count = Math.round(people * shareOf(engine));
      const claims = await enrol(house, { scheme, count, first, amount: (i) => fen + (i % 13) });
      for (const claim of claims) keep(claim);
      first += count;
    }
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  function keep({ id, scheme, amount, payee }: Entitlement): void {
    kept.set(id, { id, scheme, amount, owed: new Set(), open: true });
    owners.set(payee.account, id);
  }

  /** The answer of a bank that now and then finds an account wrong, gone, or too much for a day. */
  function answerTo(row: Order, mayRefuse: boolean): string {
    const code = mayRefuse && roll(40) === 0 ? (['1001', '1002', '1003', '1005'][roll(4)] as string) : '0000';
    const claim = owners.get(row.account) as string;
    if (code === '0000') arrived.set(claim, (arrived.get(claim) ?? 0) + row.amount);
    else refusals += 1;
    return code;
  }

  /** Something is done while the power fails, and done again when it is back. */
  async function crashed(work: () => Promise<{ status: number }>): Promise<void> {
    const powerBack = losePower(house, () => true);
    expect((await work()).status).to.equal(500);
    powerBack();
    crashes += 1;
    expect((await work()).status).to.equal(200);
  }

  /** A run to the bank and back in two files; the power fails once, on the way out or on the way in. */
  async function pay(scheme: string, department: Department, period: string, mayRefuse: boolean) {
    const desk = payDesk(house, department);
    const asked = await desk.tryPrepare(scheme, period);
    if (asked.body.code === 'payout.nothing_due') return;
    expect(asked.status, JSON.stringify(asked.body)).to.equal(201);
    const approved = await desk.approve(asked.body);
    const atExport = roll(2) === 0;
    if (atExport) await crashed(() => desk.step('export', approved));
    else await desk.export(approved);
    const run: RunView = await desk.view(approved);
    const half = Math.floor(run.count / 2);
    const parts = [(r: Order) => r.seq <= half, (r: Order) => r.seq > half];
    for (const [i, mine] of parts.entries()) {
      if (i === 0 && half === 0) continue;
      const answers = new Map<number, string>();
      const bytes = await desk.answer(run, (row) => {
        if (!mine(row)) return undefined;
        const known = answers.get(row.seq) ?? answerTo(row, mayRefuse);
        answers.set(row.seq, known);
        return known;
      });
      if (!atExport && i === 1) await crashed(() => desk.upload(run, bytes));
      else expect((await desk.upload(run, bytes)).status).to.equal(200);
      expect((await desk.upload(run, bytes)).status, 'the same file again').to.equal(409);
    }
    expect((await desk.view(run)).state).to.equal('settled');
  }

  const claim = async (id: string, department: Department): Promise<Entitlement> =>
    (
      await (
        await payDesk(house, department).officer()
      ).get<{ claim: Entitlement }>(`/api/payouts/claims/${id}`)
    ).body as unknown as Entitlement;

  async function change(id: string, department: Department, path: string, body: object): Promise<void> {
    const { version } = await claim(id, department);
    const officer = await payDesk(house, department).officer();
    const done = await officer.post(`/api/payouts/claims/${id}/${path}`, { version, ...body });
    expect(done.status, JSON.stringify(done.body)).to.equal(204);
  }

  const openClaims = (scheme: string): Kept[] =>
    [...kept.values()].filter((k) => k.scheme === scheme && k.open);

  /** Somebody died or moved, and the office hears of it weeks later. */
  async function stopSome(scheme: string, department: Department, month: string): Promise<void> {
    const at = MONTHS.indexOf(month) - 2;
    const then = MONTHS[at];
    if (then === undefined) return;
    for (let n = Math.ceil(openClaims(scheme).length / 150); n > 0; n--) {
      const all = openClaims(scheme);
      const gone = all[roll(all.length)] as Kept;
      await change(gone.id, department, 'stop', {
        reason: roll(2) === 0 ? '死亡' : '户口迁出',
        stoppedOn: `${then}-15`,
      });
      gone.open = false;
      gone.stoppedAt = house.service.deps.clock.now();
      const last = findScheme(scheme)?.stopsFrom === 'next-period' ? then : (MONTHS[at - 1] ?? '');
      for (const period of gone.owed) if (period > last) gone.owed.delete(period);
    }
  }

  /** Accounts the bank found wrong are put right. */
  async function correct(department: Department, scheme: string): Promise<void> {
    const { db } = house.service.deps;
    const faulty = await db
      .read('payout_entitlements')
      .where({ scheme })
      .whereNotNull('account_fault')
      .select('id', 'state');
    for (const { id, state } of faulty) {
      if (state === 'ended') continue;
      cards += 1;
      owners.set(card(cards), id);
      await change(id, department, 'account', {
        reason: '换了社会保障卡',
        account: { holder: '本人', bank: '中国邮政储蓄银行', number: card(cards) },
      });
    }
  }

  for (const month of MONTHS)
    it(`${month} is paid, refused, put right and paid again`, async () => {
      await house.at(`${month}-10T09:00:00+08:00`);
      for (const { scheme, department } of SCHEMES) {
        const period = OTHER_PERIODS[scheme] ? OTHER_PERIODS[scheme][month] : month;
        if (period === undefined) continue;
        if (period === month) await stopSome(scheme, department, month);
        for (const k of openClaims(scheme)) k.owed.add(period);
        await pay(scheme, department, period, true);
      }
      await house.at(`${month}-25T09:00:00+08:00`);
      for (const { scheme, department } of SCHEMES) {
        const period = OTHER_PERIODS[scheme] ? OTHER_PERIODS[scheme][month] : month;
        if (period === undefined) continue;
        await correct(department, scheme);
        await pay(scheme, department, period, false);
      }
      await balanced(house);
    }).timeout(600_000);

  it('every claim got what it was owed, or owes back what it got too much: to the fen, by the books of the bank', async () => {
    const debts = await house.service.deps.db
      .read('payout_debts')
      .select('entitlement_id as id', 'amount', 'recovered');
    const tooMuch = new Map<string, number>();
    for (const d of debts) tooMuch.set(d.id, (tooMuch.get(d.id) ?? 0) + d.amount - d.recovered);
    const wrong = [...kept.values()]
      .map((k) => ({
        id: k.id,
        got: (arrived.get(k.id) ?? 0) - (tooMuch.get(k.id) ?? 0),
        owed: k.owed.size * k.amount,
      }))
      .filter((k) => k.got !== k.owed);
    expect(wrong).to.deep.equal([]);
    expect(debts.length).to.be.greaterThan(0);
    expect(refusals).to.be.greaterThan(0);
  });

  it('nobody was paid for a time after the end that the house knew of', async () => {
    const paid: { id: string; period: string; at: string }[] = await house.service.deps.db
      .read('payout_periods as p')
      .join('payout_lines as l', 'l.id', 'p.line_id')
      .join('payout_runs as r', 'r.id', 'l.run_id')
      .where('l.state', 'paid')
      .select('p.entitlement_id as id', 'p.period', 'r.prepared_at as at');
    const known = paid.filter(({ id, period, at }) => {
      const { owed, stoppedAt } = kept.get(id) as Kept;
      return !owed.has(period) && (stoppedAt === undefined || at >= stoppedAt);
    });
    expect(known).to.deep.equal([]);
  });

  it('the report says so: what left the fund arrived, nothing is under way, and each scheme balances', async () => {
    const { schemes } = await balanced(house);
    expect(schemes.map((s) => s.scheme)).to.have.members(SCHEMES.map((s) => s.scheme));
    for (const { scheme, balances, verdict } of schemes) {
      const got = [...kept.values()]
        .filter((k) => k.scheme === scheme)
        .reduce((sum, k) => sum + (arrived.get(k.id) ?? 0), 0);
      expect(balances.fund, scheme).to.equal(-got);
      expect(balances.paid + balances.receivable, scheme).to.equal(got);
      expect([balances.bank, balances.cash, verdict], scheme).to.deep.equal([0, 0, '平衡']);
    }
    const runs = await house.service.deps.db.read('payout_runs').where({ state: 'settled' });
    expect(crashes).to.equal(runs.length);
  });
});
