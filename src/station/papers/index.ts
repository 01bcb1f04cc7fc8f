/** Papers 文书: receipts, notices and decisions of a case (catalogue B.4). */
export { findPaperByCode, getPaper, listPapers, preparePaper, renderPaper } from './commands.ts';
export { layOut } from './layout.ts';
export { asPdf, papersRoutes, type ReadGuard } from './routes.ts';
export type { Words } from './rules.ts';
export { notes, parameters, remedies } from './templates.ts';
export type { Paper, PaperDeps, PaperVerdict } from './types.ts';
