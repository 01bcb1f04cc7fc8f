import { conflict, notAllowed, notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { CaseFacts } from '../../facts.ts';
import { publicSide } from '../present.ts';
import * as papers from '../store.ts';
import type { Paper } from '../types.ts';
import { isServed, mayServe } from './policy.ts';
import type { PaperCases, ServiceDeps } from './types.ts';

/** A paper somebody may serve, and its case as of the paper's event. */
export interface Bearing {
  paper: Paper;
  facts: CaseFacts;
}

/**
 * The paper, for whoever may serve it.
 * @throws notFound for a paper of a case they may not see, notAllowed, conflict `paper.not_served`
 */
export async function paperToServe(
  deps: ServiceDeps,
  cases: PaperCases,
  who: SignedIn,
  paperId: string,
): Promise<Bearing> {
  const stored = await papers.findPaper(deps.db.read, { id: paperId });
  if (!stored) throw notFound('paper.not_found');
  const paper = publicSide(stored);
  const facts = await cases.factsFor(who, paper.caseId, paper.eventSeq);
  const filed = { villageId: facts.village.id, department: facts.item.department };
  if (!mayServe(who, deps.orgs, filed)) throw notAllowed();
  if (!isServed(paper.kind)) throw conflict('paper.not_served');
  return { paper, facts };
}
