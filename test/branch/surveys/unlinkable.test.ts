/** Nobody who holds the database finds out who answered what (branch 7.5, scenario 5): over HTTP, on both databases. */
import { expect } from 'chai';
import type { Sheet } from '../../../src/branch/surveys/types.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { act, answersOf, begin, crowd, look, type Member } from './crowd.ts';

/** Kendall's measure of an order: 1 rising, −1 falling, about 0 none. */
function likeness(order: readonly number[]): number {
  let sum = 0;
  for (const [i, a] of order.entries()) for (const b of order.slice(i + 1)) sum += Math.sign(b - a);
  return sum / ((order.length * (order.length - 1)) / 2);
}
/** Thirty rows in random order come closer than this once in a hundred thousand times. */
const ALIKE = 0.6;
/** What an instant or a day looks like. */
const TIME = /\d{4}-\d{2}-\d{2}|\b1[67]\d{8,11}\b/;

onEachDatabase('surveys: an answer leads to nobody', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let members: Member[];
  let id: string;
  const isSqlite = engine.name === 'sqlite';
  const db = () => house.service.deps.db.read;

  before(async function () {
    this.timeout(120_000);
    opened = await engine.open();
    house = await openHouse(opened);
    members = await crowd(house);
    id = await begin(house);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  /** Every row of every table. */
  async function everything(): Promise<Map<string, Set<string>>> {
    const names: string[] = isSqlite
      ? await db()('sqlite_master')
          .where({ type: 'table' })
          .whereNot('name', 'like', 'sqlite_%')
          .pluck('name')
      : await db()('pg_tables').where({ schemaname: 'public' }).pluck('tablename');
    const all = new Map<string, Set<string>>();
    for (const name of names)
      all.set(name, new Set((await db()(name)).map((row: object) => JSON.stringify(row))));
    return all;
  }

  /** Rows as they lie in the file. */
  const asTheyLie = async (table: string): Promise<Record<string, string>[]> =>
    isSqlite
      ? db().raw(`select * from ${table} where survey_id = ?`, [id])
      : (
          await db().raw(
            `select *, xmin::text as written_by from ${table} where survey_id = ? order by ctid`,
            [id],
          )
        ).rows;

  /** Numbers of the members whose words the rows hold, opened with the key of the house. */
  const answerers = (rows: readonly Record<string, string>[]): number[] =>
    rows.map((row) => {
      const sheet: Sheet = JSON.parse(house.service.deps.vault.open(row.content_sealed as string));
      return Number(/\d+/.exec(String(sheet.answers[4]))?.[0]);
    });
  const participants = (rows: readonly Record<string, string>[]): number[] => {
    const { vault } = house.service.deps;
    const tokens = members.map((m) => vault.blind(`survey:${id}:${m.accountId}`));
    return rows.map((row) => tokens.indexOf(row.token as string));
  };

  it('nothing but two rows without name, time and order is written when somebody answers', async () => {
    const was = await everything();
    for (const [i, { client }] of members.entries())
      expect((await client.post(`/api/surveys/${id}/answers`, { answers: answersOf(i) })).status).to.equal(
        204,
      );
    const is = await everything();
    const changed = [...is].flatMap(([name, rows]) =>
      [...rows].filter((row) => !was.get(name)?.has(row)).map((row) => ({ name, row })),
    );
    expect([...new Set(changed.map((c) => c.name))].sort()).to.deep.equal([
      'survey_answers',
      'survey_participations',
    ]);
    expect(changed).to.have.length(2 * members.length);
    for (const { row } of changed) {
      expect(row.replace(id, '')).not.to.match(TIME);
      for (const { accountId, login } of members)
        expect(row).not.to.include(accountId).and.not.include(login);
    }
  }).timeout(60_000);

  it('the two share no key: no value of one stands in the other, or leads to the other by a hash', async () => {
    const answers = await asTheyLie('survey_answers');
    const parts = await asTheyLie('survey_participations');
    expect(
      Object.keys(answers[0] ?? {})
        .filter((k) => k !== 'written_by')
        .sort(),
    ).to.deep.equal(['content_sealed', 'id', 'survey_id']);
    const own = (rows: Record<string, string>[], skip: string[]) =>
      rows.flatMap((r) => Object.entries(r).flatMap(([k, v]) => (skip.includes(k) ? [] : [v])));
    const left = own(answers, ['survey_id', 'written_by']);
    const right = new Set(own(parts, ['survey_id', 'written_by', 'channel']));
    expect(left.filter((v) => right.has(v))).to.deep.equal([]);
    const { vault } = house.service.deps;
    for (const { id: key } of answers) {
      expect(key).to.match(/^[0-9a-f]{32}$/);
      for (const m of members)
        expect(key).not.to.equal(vault.blind(`survey:${id}:${m.accountId}`).slice(0, 32));
      expect(right.has(vault.blind(key as string))).to.equal(false);
    }
  });

  it('neither lies in the order of coming, and one does not lie as the other', async () => {
    const came = answerers(await asTheyLie('survey_answers'));
    const took = participants(await asTheyLie('survey_participations'));
    const all = members.map((_, i) => i);
    expect([...came].sort((a, b) => a - b)).to.deep.equal(all);
    expect([...took].sort((a, b) => a - b)).to.deep.equal(all);
    expect(Math.abs(likeness(came))).to.be.below(ALIKE);
    expect(Math.abs(likeness(took))).to.be.below(ALIKE);
    expect(Math.abs(likeness(took.map((m) => came.indexOf(m))))).to.be.below(ALIKE);
  });

  it('no transaction has written one answer alone', async () => {
    if (isSqlite) {
      const asked = db().raw('select rowid from survey_answers');
      expect(
        await asked.then(
          () => 'a rowid',
          () => 'none',
        ),
      ).to.equal('none');
      return;
    }
    for (const table of ['survey_answers', 'survey_participations']) {
      const rows = await asTheyLie(table);
      const last = members.length - 1;
      const at = table === 'survey_answers' ? answerers(rows) : participants(rows);
      const newest = rows[at.indexOf(last)]?.written_by;
      expect(rows.filter((r) => r.written_by === newest).length, table).to.be.at.least(20);
    }
  });

  it('who has answered is known to him and to the house, and he cannot answer again', async () => {
    const [first] = members as [Member];
    expect(await look(first.client, id)).to.include({ asked: true, answered: true });
    const again = await first.client.post(`/api/surveys/${id}/answers`, { answers: answersOf(5) });
    expect([again.status, again.body]).to.deep.include(409);
    expect(again.body).to.include({ code: 'survey.already_answered' });
    expect(await db()('requests').where({ account_id: first.accountId })).to.deep.equal([]);
    expect(await db()('audit').where({ subject: id, actor_id: first.accountId })).to.deep.equal([]);
  });

  it('after the close nothing is left of anybody but counts, and words in no order', async () => {
    const owner = await house.as('party-survey');
    expect(await act(owner, id, 'CLOSE')).to.equal(200);
    expect(await db()('survey_answers')).to.deep.equal([]);
    expect(await db()('survey_participations')).to.deep.equal([]);
    const texts: Record<string, string>[] = await db()('survey_texts').where({ survey_id: id });
    expect(texts).to.have.length(members.length);
    const words = texts.map((t) =>
      Number(/\d+/.exec(house.service.deps.vault.open(t.text_sealed as string))?.[0]),
    );
    expect(Math.abs(likeness(words))).to.be.below(ALIKE);
    for (const t of texts) expect(t.id).to.match(/^[0-9a-f]{32}$/);
  });
});
