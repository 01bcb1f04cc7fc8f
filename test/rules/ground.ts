/** What the tests of the general rules stand on: one house on SQLite, real items, and the shorthand of asking it. */
import { expect } from 'chai';
import type { Fault } from '../../src/errors.ts';
import { addWorkdays } from '../../src/kernel/calendar.ts';
import { localDate } from '../../src/kernel/time.ts';
import type { LocalDate } from '../../src/kernel/types.ts';
import type { CaseView } from '../../src/station/cases/index.ts';
import { type LoggedEvent, listEvents } from '../../src/station/cases/log.ts';
import type { CaseRow } from '../../src/station/cases/store.ts';
import type { Definition, EventName } from '../../src/workflow/types.ts';
import { engines, type Opened } from '../support/databases.ts';
import { exampleForm, openHouse, type TestHouse } from '../support/service.ts';
import { openCase, type Walker } from '../walk/case.ts';
import { county, type Traveller } from '../walk/county.ts';

/** A refusal as a client reads it. */
export interface Problem extends Record<string, unknown> {
  code: string;
  title: string;
  faults?: Fault[];
  possible?: EventName[];
}

/** A paper with every word it prints. */
export interface Printed {
  kind: string;
  title: string;
  number: string;
  text: string;
}

export type Form = Record<string, unknown>;
type Blocks = Record<string, Form>;

/** A copy of a form with some fields of its blocks changed: `{ applicant: { phone: '无' } }`. */
export function changed(form: Form, over: Blocks): Form {
  const blocks = Object.entries(over).map(([key, fields]) => [key, { ...(form as Blocks)[key], ...fields }]);
  return { ...form, ...Object.fromEntries(blocks) };
}

/** The house of one `describe`: opened before its tests at a Shanghai time, closed after them. */
export class Ground {
  house!: TestHouse;
  private opened!: Opened;

  /** @param settings of the service, asked for when it starts */
  constructor(time: string, settings: () => Record<string, string> = () => ({})) {
    before(async () => {
      this.opened = await (engines[0] as (typeof engines)[0]).open();
      this.house = await openHouse(this.opened, settings());
      await this.house.at(time);
    });
    after(async () => {
      await this.house.close();
      await this.opened.drop();
    });
  }

  get deps() {
    return this.house.service.deps;
  }
  today = (): LocalDate => localDate(this.deps.clock.now());
  /** The n-th working day after a day. */
  workday = (from: LocalDate, n: number): LocalDate => addWorkdays(this.deps.calendar(), from, n);
  items = (): Definition[] =>
    this.deps.definitions.list().map(({ code }) => this.deps.definitions.get(code).definition);
  form = (item: string, situation?: string, index = 0): Form =>
    exampleForm(this.house.service, item, index, situation);

  /** Open a case and hand it in at the counter, or online. */
  async filed(
    item: string,
    options: { situation?: string; form?: Form; channel?: '窗口' | '线上' } = {},
  ): Promise<Walker> {
    const { channel, ...rest } = options;
    const walk = await openCase(this.house, item, rest);
    await walk.act('village', 'FILE', channel ? { channel } : {});
    return walk;
  }

  /** An act that is refused: the problem it is answered with. */
  async refused(
    walk: Walker,
    login: string,
    event: EventName,
    data: Form = {},
    status = 409,
  ): Promise<Problem> {
    const client = await this.house.as(login);
    const { version } = (await client.get<CaseView>(`/api/cases/${walk.id}`)).body;
    const answer = await client.post<Problem>(`/api/cases/${walk.id}/events`, { event, version, data });
    expect(answer.status, `${login} ${event}: ${JSON.stringify(answer.body)}`).to.equal(status);
    return answer.body;
  }

  /** The way forward until an act is possible. */
  async until(walk: Walker, event: EventName): Promise<void> {
    await this.travel([{ label: event, walk, until: event }]);
  }

  /** The way forward to the end. */
  async finish(walk: Walker): Promise<void> {
    await this.travel([{ label: 'to the end', walk }]);
  }

  async travel(travellers: Traveller[]): Promise<void> {
    await county(this.house).work(travellers);
    expect(travellers.flatMap((t) => (t.failed ? [`${t.label}: ${t.failed}`] : []))).to.deep.equal([]);
  }

  /** One act by whoever sits at its desk, with sample data but for what it says. */
  async take(walk: Walker, event: EventName, says: Form = {}): Promise<boolean> {
    return county(this.house).take(walk, { event, says });
  }

  /** The case as the house itself sees it. */
  rowOf = async (walk: Walker): Promise<CaseRow> => (await county(this.house).rowOf(walk)).row;

  log = (walk: Walker): Promise<LoggedEvent[]> => listEvents(this.deps.db.read, this.deps.vault, walk.id);

  rows = (table: string, walk: Walker): Promise<Record<string, string>[]> =>
    this.deps.db.read(table).where({ case_id: walk.id });

  /** Papers of a case, oldest first, as they would be printed. */
  async papers(walk: Walker): Promise<Printed[]> {
    const rows = await this.deps.db.read('papers').where({ case_id: walk.id }).orderBy(['event_seq', 'id']);
    return rows.map(({ kind, title, number, print_sealed }) => ({
      kind,
      title,
      number,
      text: JSON.stringify(JSON.parse(this.deps.vault.open(print_sealed))),
    }));
  }

  /** The last paper of a kind. */
  async paper(walk: Walker, kind: string): Promise<Printed> {
    const found = (await this.papers(walk)).findLast((p) => p.kind === kind);
    expect(found, `a paper of kind ${kind}`).to.not.equal(undefined);
    return found as Printed;
  }
}

/** A clock of a case by name: the one that goes, or the last one that went. */
export function clockOf(view: CaseView, name: string) {
  const all = view.clocks.filter((c) => c.name === name || c.name.startsWith(`${name}#`));
  return all.find((c) => c.light !== 'done') ?? all.at(-1);
}

export const dueOf = (view: CaseView, name: string): LocalDate | null | undefined => clockOf(view, name)?.due;

export const kindsOf = (papers: Printed[]): string[] => papers.map((p) => p.kind);
