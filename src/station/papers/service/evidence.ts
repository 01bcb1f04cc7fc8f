import { invalid, unsupportedMedia } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { sniffEvidence } from '../../../platform/files/index.ts';
import { getPaper } from '../queries.ts';
import type { PaperDeps } from '../types.ts';
import { paperToServe } from './access.ts';
import * as store from './store.ts';
import type { Evidence, PaperCases, ServiceDeps } from './types.ts';

/** Hand in a photograph, recording or scan that proves a service. @throws 415 `file.wrong_type`, 422 `file.empty` */
export async function addEvidence(
  deps: ServiceDeps,
  cases: PaperCases,
  who: SignedIn,
  paperId: string,
  { name, bytes }: { name: string; bytes: Buffer },
): Promise<Evidence> {
  const { paper } = await paperToServe(deps, cases, who, paperId);
  if (bytes.length === 0) throw invalid([{ pointer: '/file', message: '文件是空的' }], 'file.empty');
  const mime = await sniffEvidence(bytes);
  if (mime === null) throw unsupportedMedia('file.wrong_type');
  const { hash, size } = await deps.files.put(bytes);
  const at = deps.clock.now();
  const evidence = { id: newId(at, deps.random), name, mime, size };
  await transact(deps.db, (trx) =>
    store.insertEvidence(trx, {
      ...evidence,
      paperId: paper.id,
      fileHash: hash,
      addedBy: who.accountId,
      addedAt: at,
    }),
  );
  return evidence;
}

/**
 * A picture of a service and the file it is kept in, for whoever may see the case.
 * @throws notFound for a paper of a case they may not see
 */
export async function evidenceFile(
  deps: Pick<PaperDeps, 'db'>,
  cases: PaperCases,
  who: SignedIn,
  paperId: string,
  id: string,
): ReturnType<typeof store.findEvidence> {
  const paper = await getPaper(deps.db.read, paperId);
  await cases.factsFor(who, paper.caseId, paper.eventSeq);
  return store.findEvidence(deps.db.read, paper.id, id);
}
