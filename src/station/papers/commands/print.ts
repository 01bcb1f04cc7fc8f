import { notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { nextNumber, transact } from '../../../platform/db/index.ts';
import { renderPaperPdf } from '../../../platform/pdf/index.ts';
import { paperContent } from '../../codes.ts';
import { printedOnce, signedPrint } from '../../prints.ts';
import * as store from '../store.ts';
import type { PaperDeps, PaperVerdict } from '../types.ts';
import { thaw } from './prepare.ts';

/** The PDF of a paper; a reprint is the same bytes. @throws notFound `paper.not_found` */
export async function renderPaper(deps: PaperDeps, id: string): Promise<Buffer> {
  const paper = await store.findPaper(deps.db.read, { id });
  if (!paper) throw notFound('paper.not_found');
  return printedOnce(deps, { table: 'papers', id, fileHash: paper.fileHash }, () => signedPdf(deps, paper));
}

/** The print with its organ's signature; as it is when the paper was made before organs signed. */
async function signedPdf(deps: PaperDeps, paper: store.StoredPaper): Promise<Buffer> {
  const print = thaw(deps.vault.open(paper.printSealed));
  const verdict: PaperVerdict = JSON.parse(deps.vault.open(paper.verdictSealed));
  const { organId, organ: organName } = verdict;
  if (organId === undefined) return renderPaperPdf(print);
  return signedPrint(deps, print, renderPaperPdf, {
    organId,
    organName,
    reason: `制发${paper.title}`,
    at: paper.createdAt,
    code: paper.verifyCode,
    content: paperContent(verdict),
  });
}

type PrintDeps = Pick<PaperDeps, 'db' | 'clock'>;

/** Write down that somebody signed in printed a paper or a certificate: the how manyth print it is, and in the audit. */
export async function recordPrint(
  deps: PrintDeps,
  who: SignedIn,
  { kind, id }: { kind: 'paper' | 'certificate'; id: string },
): Promise<void> {
  const at = deps.clock.now();
  await transact(deps.db, async (trx) => {
    const ordinal = await nextNumber(trx, `print:${id}`, 0);
    await store.insertPrint(trx, { printId: id, ordinal, accountId: who.accountId, at });
    await auditBy(trx, deps, who, `${kind}.print`, id, { ordinal });
  });
}
