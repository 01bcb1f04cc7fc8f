/**
 * Papers 文书: receipts, notices and decisions of a case (catalogue B.4).
 *
 * preparePaper(trx, deps, facts, kind): Promise<Paper>
 * renderPaper(deps, paperId): Promise<Buffer>
 * listPapers(conn, caseId): Promise<Paper[]>
 * getPaper(conn, paperId): Promise<Paper>
 * findPaperByCode(deps, code): Promise<PaperVerdict | undefined>
 * papersRoutes(deps, { mayRead })
 */
export type { Paper, PaperDeps, PaperVerdict } from './types.ts';
