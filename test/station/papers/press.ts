import { transact } from '../../../src/platform/db/index.ts';
import type { CaseFacts } from '../../../src/station/facts.ts';
import { type Paper, type PaperDeps, preparePaper, renderPaper } from '../../../src/station/papers/index.ts';
import type { PaperKind } from '../../../src/workflow/types.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type House, openHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { popplerOrSkip, textOf } from './pdf.ts';
import { FACTS_FOR } from './sample-facts.ts';

export interface Printed {
  paper: Paper;
  pdf: Buffer;
  text: string;
}

/** A house with one case whose papers are printed from sample facts; call it inside a `describe`. */
export function press(): { print(kind: PaperKind, over?: Partial<CaseFacts>): Promise<Printed> } {
  let opened: Opened;
  let house: House;
  let deps: PaperDeps;
  let caseId: string;
  let seq = 100;
  before(async function () {
    popplerOrSkip(this);
    const sqlite = engines[0];
    if (!sqlite) throw new Error('no database');
    opened = await sqlite.open();
    house = await openHouse(opened);
    await house.at('2026-11-30T09:00:00+08:00');
    deps = { ...house.service.deps, publicUrl: 'https://cunban.example' };
    caseId = (await openCase(house, 'WJ-01')).id;
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });
  return {
    async print(kind, over = {}) {
      const facts = { ...FACTS_FOR[kind], caseId, ...over };
      const event = { ...facts.event, seq: seq++ };
      const paper = await transact(deps.db, (trx) => preparePaper(trx, deps, { ...facts, event }, kind));
      const pdf = await renderPaper(deps, paper.id);
      return { paper, pdf, text: textOf(pdf) };
    },
  };
}
