/** A paper is printed once, kept by its content, and every print of it is written down. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { transact } from '../../../src/platform/db/index.ts';
import { type PaperView, renderPaper } from '../../../src/station/papers/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { open } from '../pages/browser.ts';
import { serving } from './serving.ts';

onEachDatabase('prints of papers', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let paper: PaperView;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    paper = await serving(house).refused();
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const pdfOf = async (login: string, method = 'GET') => {
    const { cookie } = await house.as(login);
    return fetch(house.url + paper.href, { method, headers: { cookie } });
  };

  it('two who print it first at the same moment get the same bytes, of which one file is kept', async () => {
    const { deps } = house.service;
    await transact(deps.db, (trx) => trx('papers').where({ id: paper.id }).update({ file_hash: null }));
    const files: string[] = [];
    const counting = {
      ...deps,
      files: {
        ...deps.files,
        put: async (bytes: Uint8Array) => {
          const kept = await deps.files.put(bytes);
          files.push(kept.hash);
          return kept;
        },
      },
      // Signatures differ each time, as those of a real key do: a print made again is another file.
      signing: { ...deps.signing, sign: async (pdf: Buffer) => Buffer.concat([pdf, deps.random(8)]) },
    } as typeof deps;
    const prints = await Promise.all([1, 2, 3].map(() => renderPaper(counting, paper.id)));
    const [first] = prints as [Buffer, Buffer, Buffer];
    for (const print of prints) expect(print.equals(first)).to.equal(true);
    const hash = createHash('sha256').update(first).digest('hex');
    expect(files).to.deep.equal([hash]);
    const row = await deps.db.read('papers').where({ id: paper.id }).first();
    expect(row.file_hash).to.equal(hash);
    await transact(deps.db, (trx) => trx('papers').where({ id: paper.id }).update({ file_hash: null }));
  });

  it('each is numbered, with who and when, in the log of prints and in the audit; the case tells how many', async () => {
    const first = Buffer.from(await (await pdfOf('village')).arrayBuffer());
    const again = Buffer.from(await (await pdfOf('county-window')).arrayBuffer());
    expect(again.equals(first)).to.equal(true);
    expect((await pdfOf('village', 'HEAD')).status).to.equal(200);
    expect((await pdfOf('village2')).status).to.equal(404);
    const { db } = house.service.deps;
    const ids = new Map<string, string>(
      (await db.read('accounts').select('id', 'login')).map((a: { id: string; login: string }) => [
        a.id,
        a.login,
      ]),
    );
    const rows = await db.read('paper_prints').where({ print_id: paper.id }).orderBy('ordinal');
    expect(rows.map((r) => [r.ordinal, ids.get(r.account_id)])).to.deep.equal([
      [1, 'village'],
      [2, 'county-window'],
    ]);
    for (const { at } of rows) expect(at).to.match(/^2026-09-01T/);
    const told = await db.read('audit').where({ act: 'paper.print', subject: paper.id });
    expect(told.map((t) => JSON.parse(t.detail).ordinal)).to.deep.equal([1, 2]);
    expect(await serving(house).paperOf(paper.caseId, 'refusal')).to.include({ printed: 2 });
    const page = await open(await house.as('village'), `/cases/${paper.caseId}`);
    expect(page.html).to.include('已打印 2 次');
  });

  it('many at once are all counted', async () => {
    await Promise.all(Array.from({ length: 8 }, () => pdfOf('village')));
    const { db } = house.service.deps;
    const ordinals: number[] = await db.read('paper_prints').where({ print_id: paper.id }).pluck('ordinal');
    expect(ordinals.sort((a, b) => a - b)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
