/** Money in tests: many claims at once, the desks that pay, the bank at the other end, and what must balance. */
import { expect } from 'chai';
import type { Knex } from 'knex';
import { newId } from '../../src/kernel/ids.ts';
import { addDays } from '../../src/kernel/time.ts';
import { transact } from '../../src/platform/db/index.ts';
import type { CaseView } from '../../src/station/cases/index.ts';
import { insertEntitlements } from '../../src/station/payouts/entitlements/store.ts';
import type { MoneyReport } from '../../src/station/payouts/index.ts';
import { periodOf } from '../../src/station/payouts/rules/periods.ts';
import type { LineView, RunView } from '../../src/station/payouts/runs/view.ts';
import { schemeOf } from '../../src/station/payouts/schemes.ts';
import type { Entitlement } from '../../src/station/payouts/types.ts';
import { personKey } from '../../src/station/persons.ts';
import { type Answer as BankAnswer, type Order, type ReturnOptions, simulateReturn } from './bank.ts';
import { type Answer, exampleForm, type House } from './service.ts';

/** GB 11643: the 18th character proves the first 17. Another person for each number up to a million. */
export function identity(i: number): string {
  const born = addDays('1940-01-01', i % 20_000).replaceAll('-', '');
  const first = `532628${born}${String(100 + Math.floor(i / 20_000)).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((s, w, k) => s + w * Number(first[k]), 0);
  return first + '10X98765432'[sum % 11];
}

/** A card number with its Luhn digit. */
export function card(i: number): string {
  const first = `621700386${String(i).padStart(9, '0')}`;
  const sum = [...first].reverse().reduce((s, c, k) => {
    const d = Number(c) * (k % 2 === 0 ? 2 : 1);
    return s + (d > 9 ? d - 9 : d);
  }, 0);
  return first + String((10 - (sum % 10)) % 10);
}

const NAMES = '农黄盘李韦王梁杨何罗张岑侬刘陈熊沈唐龙覃';
const GIVEN = '秀国志春海丽建永文小佳正明卫立晓敏学玉丹';

export const nameOf = (i: number): string =>
  `${NAMES[i % 20]}${GIVEN[Math.floor(i / 20) % 20]}${GIVEN[Math.floor(i / 400) % 20]}`;

export interface Enrolment {
  scheme: string;
  count: number;
  /** Number of the first person; other numbers are other persons. */
  first?: number;
  /** Fen for a period; default 300 yuan and a few fen that differ. */
  amount?: (i: number) => number;
  /** What is otherwise than usual with one of them. */
  over?: (i: number) => Partial<Entitlement>;
}

let drafts = 0;

/** A case that claims can hang on without walking it: a draft, which no act of money moves. */
async function draftFor(house: House, scheme: string): Promise<string> {
  const [item = ''] = schemeOf(scheme).items;
  const clerk = await house.as('village');
  const opened = await clerk.post<CaseView>('/api/cases', {
    item,
    form: exampleForm(house.service, item),
    draft: true,
  });
  expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
  drafts += 1;
  return opened.body.id;
}

/**
 * Many claims on a scheme at once, spread over the villages of the county, due from this month (or term …) on. They
 * hang on one draft as rows do, so that no case is told of them.
 */
export async function enrol(
  house: House,
  { scheme, count, first = 0, amount = (i) => 30_000 + (i % 7), over = () => ({}) }: Enrolment,
): Promise<Entitlement[]> {
  const { db, vault, clock, orgs, random } = house.service.deps;
  const caseId = await draftFor(house, scheme);
  const villages = orgs.within('532628').filter((o) => o.kind === 'village');
  const { claims: rhythm } = schemeOf(scheme);
  const now = clock.now();
  const all = Array.from({ length: count }, (_, k): Entitlement => {
    const i = first + k;
    const idNumber = identity(i);
    const name = nameOf(i);
    return {
      id: newId(now, random),
      scheme,
      caseId,
      lineKey: `bulk-${drafts}:${i}`,
      villageId: (villages[i % villages.length] as { id: string }).id,
      name,
      person: personKey(vault, idNumber),
      payee: {
        name,
        idNumber,
        phone: `139${String(i).padStart(8, '0')}`,
        holder: name,
        bank: '农村信用社（农商银行）',
        account: card(i),
      },
      way: 'bank',
      amount: amount(i),
      rhythm,
      from: periodOf(rhythm, now.slice(0, 10)),
      until: null,
      state: 'active',
      reason: null,
      accountFault: null,
      createdAt: now,
      updatedAt: now,
      version: 1,
      ...over(i),
    };
  });
  await transact(db, (trx) => insertEntitlements(trx, vault, all));
  return all;
}

export interface Refusal {
  code: string;
  title: string;
  faults?: { pointer: string; message: string; code: string }[];
  [more: string]: unknown;
}

type Decide = (row: Order) => BankAnswer;

/** The officer and the leader of a department, and the bank. */
export function payDesk(house: House, department: string) {
  const officer = () => house.as(`${department.toLowerCase()}-officer`);
  const leader = () => house.as(`${department.toLowerCase()}-leader`);
  let returns = 0;

  const done = (answer: Answer<RunView>, status = 200): RunView => {
    expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
    return answer.body;
  };

  const self = {
    officer,
    leader,
    tryPrepare: async (scheme: string, period: string, more: object = {}, headers?: Record<string, string>) =>
      (await officer()).post<RunView & Refusal>('/api/payouts/runs', { scheme, period, ...more }, headers),
    prepare: async (scheme: string, period: string, more: object = {}) =>
      done(await self.tryPrepare(scheme, period, more), 201),
    /** One step of a run, whatever comes of it. */
    step: async (name: 'approve' | 'discard' | 'export', run: RunView, headers?: Record<string, string>) =>
      (await (name === 'export' ? officer() : leader())).post<RunView & Refusal>(
        `/api/payouts/runs/${run.id}/${name}`,
        { version: run.version },
        headers,
      ),
    approve: async (run: RunView) => done(await self.step('approve', run)),
    export: async (run: RunView) => done(await self.step('export', run)),
    view: async (run: Pick<RunView, 'id'>, login?: string) =>
      done(await (await (login ? house.as(login) : officer())).get<RunView>(`/api/payouts/runs/${run.id}`)),
    lines: async (run: Pick<RunView, 'id'>, query = '?limit=999') =>
      (await (await officer()).get<{ lines: LineView[] }>(`/api/payouts/runs/${run.id}/lines${query}`)).body
        .lines,
    file: async (run: Pick<RunView, 'id'>, kind: 'text' | 'workbook' = 'text'): Promise<Buffer> => {
      const { cookie } = await officer();
      const answer = await fetch(`${house.url}/api/payouts/runs/${run.id}/files/${kind}`, {
        headers: { cookie },
      });
      expect(answer.status).to.equal(200);
      return Buffer.from(await answer.arrayBuffer());
    },
    /** What the bank answers to a run; each return has a number of its own. */
    answer: async (run: Pick<RunView, 'id'>, decide: Decide, options: ReturnOptions = {}) => {
      const number = `R${String(++returns).padStart(4, '0')}`;
      const date = house.service.deps.clock.now().slice(0, 10).replaceAll('-', '');
      return simulateReturn(await self.file(run), decide, {
        number,
        date,
        ...options,
      });
    },
    upload: async (run: Pick<RunView, 'id'>, bytes: Buffer, name = '回盘.txt') => {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(bytes)]), name);
      return (await officer()).post<{ paid: number; refused: number } & Refusal>(
        `/api/payouts/runs/${run.id}/returns`,
        form,
      );
    },
    returned: async (run: Pick<RunView, 'id'>, decide: Decide = () => '0000') => {
      const sent = await self.upload(run, await self.answer(run, decide));
      expect(sent.status, JSON.stringify(sent.body)).to.equal(200);
      return sent.body;
    },
    /** Prepared, approved, sent off. */
    sendOff: async (scheme: string, period: string, more: object = {}) =>
      self.export(await self.approve(await self.prepare(scheme, period, more))),
    /** A whole run, to the bank and back. */
    pay: async (scheme: string, period: string, decide: Decide = () => '0000') => {
      const run = await self.sendOff(scheme, period);
      if (run.hasFiles) await self.returned(run, decide);
      return self.view(run);
    },
  };
  return self;
}

export type PayDesk = ReturnType<typeof payDesk>;

/**
 * The next writes are carried out and then lost, as when the power goes before they are kept, for as long as `goes`
 * says so.
 * @returns puts it right again
 */
export function losePower(house: House, goes: () => boolean): () => void {
  const db = house.service.deps.db as { write: Knex };
  const { write } = db;
  db.write = new Proxy(write, {
    get: (target, name) =>
      name === 'transaction'
        ? (work: (trx: Knex.Transaction) => Promise<unknown>) =>
            target.transaction(async (trx) => {
              const done = await work(trx);
              if (goes()) throw new Error('the power is gone');
              return done;
            })
        : Reflect.get(target, name),
  });
  return () => {
    db.write = write;
  };
}

const TABLES = ['entitlements', 'runs', 'lines', 'periods', 'files', 'entries', 'debts'] as const;

/** Every row of the tables of money, in one text: equal when nothing has changed. */
export async function dumpMoney(house: House): Promise<string> {
  const { db } = house.service.deps;
  const all: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows: object[] = await db.read(`payout_${table}`);
    all[table] = rows.map((r) => JSON.stringify(r)).sort();
  }
  return JSON.stringify(all, null, 1);
}

/** Entries that no act of the house made: the ledger takes them, and takes none back. */
export async function stray(
  house: House,
  scheme: string,
  entries: readonly { account: string; fen: number }[],
): Promise<void> {
  const { db, clock, random } = house.service.deps;
  const at = clock.now();
  const posting = newId(at, random);
  await db
    .write('payout_entries')
    .insert(entries.map((e) => ({ ...e, id: newId(at, random), posting, scheme, at, memo: '来历不明' })));
}

/** The report, by whoever inspects; it must balance. */
export async function balanced(house: House): Promise<MoneyReport> {
  const { status, body } = await (await house.as('inspector')).get<MoneyReport>('/api/payouts/report');
  expect(status).to.equal(200);
  expect(body.verdict, JSON.stringify(body.schemes.flatMap((s) => s.differences))).to.equal('平衡');
  return body;
}

/** Short messages of a template, as the citizens read them. */
export async function toldOf(house: House, template: string): Promise<string[]> {
  const { db, vault } = house.service.deps;
  const rows = await db.read('messages').where({ template }).orderBy('at');
  return rows.map((row: { text_sealed: string }) => vault.open(row.text_sealed));
}

/** Every effect carried out, and the books balance. */
export async function settled(house: House): Promise<void> {
  await house.service.deps.jobs.tick();
  await balanced(house);
}
