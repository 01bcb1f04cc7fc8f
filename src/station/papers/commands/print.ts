import { notFound } from '../../../errors.ts';
import { sha256 } from '../../../kernel/canonical.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { recordAudit } from '../../../platform/audit/index.ts';
import { nextNumber, transact } from '../../../platform/db/index.ts';
import { renderPaperPdf } from '../../../platform/pdf/index.ts';
import { paperContent } from '../../codes.ts';
import * as store from '../store.ts';
import type { PaperDeps, PaperVerdict } from '../types.ts';
import { thaw } from './prepare.ts';

/**
 * The PDF of a paper; printed once and kept by its content, so that a reprint is the same bytes. Of two who print
 * it first at the same moment one is kept, and both get it.
 */
export async function renderPaper(deps: PaperDeps, id: string): Promise<Buffer> {
  const paper = await store.findPaper(deps.db.read, { id });
  if (!paper) throw notFound('paper.not_found');
  if (paper.fileHash !== null) return deps.files.get(paper.fileHash);
  const bytes = await signedPdf(deps, paper);
  const hash = sha256(bytes);
  const kept = await transact(deps.db, async (trx) => {
    const first = await store.keepFile(trx, id, hash);
    // Before the row is seen by anybody, its file is on the disk.
    if (first === hash) await deps.files.put(bytes);
    return first;
  });
  return kept === hash ? bytes : deps.files.get(kept);
}

/** The print with a signed code and its organ's signature; as it is when the paper was made before organs signed. */
async function signedPdf(deps: PaperDeps, paper: store.StoredPaper): Promise<Buffer> {
  const print = thaw(deps.vault.open(paper.printSealed));
  const verdict: PaperVerdict = JSON.parse(deps.vault.open(paper.verdictSealed));
  const { organId, organ: organName } = verdict;
  if (organId === undefined) return renderPaperPdf(print);
  const { signature } = print;
  const text = await deps.signing.codeText(deps.publicUrl, paper.verifyCode, paperContent(verdict));
  const sealImage = deps.signing.sealOf(organId, signature.seal);
  const qr = { ...signature.qr, text };
  const pdf = await renderPaperPdf({ ...print, signature: { ...signature, sealImage, qr } });
  return deps.signing.sign(pdf, { organId, organName, reason: `制发${paper.title}`, at: paper.createdAt });
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
    await recordAudit(trx, {
      at,
      actor: who.accountId,
      act: `${kind}.print`,
      subject: id,
      detail: { ordinal },
    });
  });
}
