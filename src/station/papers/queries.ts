import type { Knex } from 'knex';
import { notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import { readCode } from '../codes.ts';
import { type PaperView, publicSide, type ServiceView, serviceView, viewOf } from './present.ts';
import { waiting } from './service/rules.ts';
import * as services from './service/store.ts';
import * as store from './store.ts';
import { serviceTerms } from './templates.ts';
import type { Paper, PaperDeps, PaperVerdict } from './types.ts';

/** Papers of a case, oldest first. */
export async function listPapers(db: Trx | Knex, caseId: string): Promise<Paper[]> {
  return (await store.listByCase(db, caseId)).map(publicSide);
}

/** @throws notFound `paper.not_found` */
export async function getPaper(db: Trx | Knex, id: string): Promise<Paper> {
  const paper = await store.findPaper(db, { id });
  if (!paper) throw notFound('paper.not_found');
  return publicSide(paper);
}

type ViewDeps = Pick<PaperDeps, 'db' | 'vault' | 'calendar' | 'clock'>;

/** Papers of a case with how often each was printed and how it was served. */
export async function papersOfCase(deps: ViewDeps, caseId: string): Promise<PaperView[]> {
  const papers = await listPapers(deps.db.read, caseId);
  const ids = papers.map((p) => p.id);
  const printed = await store.countPrints(deps.db.read, ids);
  const served = await services.listByPapers(deps.db.read, deps.vault, ids);
  return papers.map((paper) =>
    viewOf(paper, {
      printed: printed.get(paper.id) ?? 0,
      services: served.filter((s) => s.paperId === paper.id),
      waiting: paper.decides
        ? waiting(deps.calendar(), serviceTerms, paper.createdAt, deps.clock.now())
        : null,
      today: localDate(deps.clock.now()),
    }),
  );
}

/** How a paper was served, and what was tried before. */
export async function servicesOf(
  deps: Pick<PaperDeps, 'db' | 'vault'>,
  paperId: string,
): Promise<{ service: ServiceView | null; attempts: ServiceView[] }> {
  const all = await services.listByPapers(deps.db.read, deps.vault, [paperId]);
  const served = all.find((s) => s.outcome === 'served');
  return {
    service: served ? serviceView(served) : null,
    attempts: all.filter((s) => s.outcome === 'failed').map(serviceView),
  };
}

/** A decision that nobody was served with yet. */
export interface Unserved {
  paperId: string;
  caseId: string;
  /** 办件编号. */
  number: string;
  applicantName: string;
  title: string;
  /** 文号. */
  paperNumber: string;
  madeOn: LocalDate;
  /** Last day to serve it (B2-8). */
  dueOn: LocalDate;
  overdue: boolean;
}

/** Decisions of a village's cases that wait to be served, oldest first. */
export async function listUnserved(
  deps: Pick<PaperDeps, 'db' | 'calendar' | 'clock'>,
  villageId: string,
): Promise<Unserved[]> {
  const rows = await services.listUnserved(deps.db.read, villageId);
  return rows.map(({ createdAt, ...row }) => {
    const { due, overdue } = waiting(deps.calendar(), serviceTerms, createdAt, deps.clock.now());
    return { ...row, madeOn: localDate(createdAt), dueOn: due, overdue: overdue > 0 };
  });
}

/** What anybody holding the paper may learn from its code. */
export async function findPaperByCode(
  deps: Pick<PaperDeps, 'db' | 'vault'>,
  code: string,
): Promise<PaperVerdict | undefined> {
  const paper = await store.findPaper(deps.db.read, { verify_code: readCode(code) });
  return paper && JSON.parse(deps.vault.open(paper.verdictSealed));
}
