/** Papers 文书: receipts, notices and decisions of a case (catalogue B.4), printed, and served on people. */
export { prepareCertificateDecision, preparePaper } from './commands/prepare.ts';
export { renderPaper } from './commands/print.ts';
export { layOut, pictureBlock } from './layout.ts';
export type { PaperView } from './present.ts';
export {
  findPaperByCode,
  listPapers,
  listUnserved,
  papersOfCase,
} from './queries.ts';
export { asPdf, papersRoutes, printed, type ReadGuard } from './routes.ts';
export type { Words } from './rules.ts';
export { serveByCollection } from './service/collection.ts';
export { servePaper } from './service/commands.ts';
export { PaperLine } from './service/line.tsx';
export { servicePages } from './service/pages.tsx';
export { mayServe } from './service/policy.ts';
export { countMovedServices, recountServices } from './service/recount.ts';
export type { PaperCases } from './service/types.ts';
export { notes, parameters, remedies } from './templates.ts';
export type { CertificateDecision, Paper, PaperDeps, PaperVerdict } from './types.ts';
