/** Thought reports with the names of the two whose affair they are. */
import { accountNames } from '../../people/accounts/index.ts';
import type { BranchDeps, Who } from '../records/index.ts';
import { getReport, reportsOf } from './commands.ts';
import { type ReportView, viewReport } from './present.ts';
import type { ThoughtReport } from './types.ts';

async function viewsOf(deps: BranchDeps, who: Who, reports: readonly ThoughtReport[]): Promise<ReportView[]> {
  const ids = reports.flatMap((r) => [r.record.authorId ?? '', r.addresseeId]);
  const names = await accountNames(deps.db.read, [...new Set(ids)]);
  return reports.map((r) => viewReport(r, who, names));
}

/** @throws AppError 404 for everybody but the two */
export async function lookAtReport(deps: BranchDeps, who: Who, id: string): Promise<ReportView> {
  const [view] = await viewsOf(deps, who, [await getReport(deps, who, id)]);
  return view as ReportView;
}

export const listReports = async (deps: BranchDeps, who: Who): Promise<ReportView[]> =>
  viewsOf(deps, who, await reportsOf(deps, who));
