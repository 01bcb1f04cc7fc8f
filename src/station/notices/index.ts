/**
 * Public notices 公示 and the objections to them (catalogue B.5).
 *
 * openNotice(trx, deps, OpenNotice): Promise<Notice>                idempotent by (case, event seq, step)
 * closeNotice(trx, deps, facts): Promise<Notice | undefined>        the open notice of the case, if any
 * fileObjection(trx, deps, { noticeId, text, name?, contact? }): Promise<Objection>
 * settleObjection(trx, deps, { objectionId, outcome, reply }): Promise<Objection>
 * listObjections(conn, deps, caseId): Promise<(Objection & { text; name; contact })[]>   for the case's officers
 * noticesRoutes(deps, { onObjection }), noticesPages(deps, { onObjection })
 */
export type { Notice, NoticeDeps, Objection, OpenNotice } from './types.ts';
