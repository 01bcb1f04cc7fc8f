import { conflict } from '../../../errors.ts';
import { maskName } from '../../../kernel/mask.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { renderPaperPdf } from '../../../platform/pdf/index.ts';
import { paperContent, readCode } from '../../codes.ts';
import type { PaperVerdict, Words } from '../../papers/index.ts';
import { printedOnce, signedPrint, stationOf } from '../../prints.ts';
import { RECEIPT_TITLE, receiptPrint } from '../receipt.ts';
import * as store from '../store/hand-outs.ts';
import type { CashDeps, HandOut } from '../types.ts';
import { audited } from './common.ts';
import { handOutSeen } from './hand-out.ts';

/**
 * The receipt as PDF; a reprint is the same bytes.
 * @throws notFound `cash.not_found`, conflict `cash.not_possible` for a hand-out that was taken back
 */
export async function renderReceipt(
  deps: CashDeps,
  who: SignedIn,
  id: string,
): Promise<{ handOut: HandOut; bytes: Buffer }> {
  const handOut = await handOutSeen(deps.db.read, deps, who, id);
  if (handOut.state === 'undone') throw conflict('cash.not_possible', { says: '这张收据已经作废。' });
  const { fileHash } = handOut;
  const bytes = await printedOnce(deps, { table: 'cash_hand_outs', id, fileHash }, () =>
    signedPdf(deps, handOut),
  );
  return { handOut, bytes };
}

/** Every print is written down. */
export const recordReceiptPrint = (deps: CashDeps, who: SignedIn, { id, number }: HandOut): Promise<void> =>
  transact(deps.db, (trx) => audited(trx, deps, who, 'receipt.print', id, { number }));

/** The receipt, signed by the village for its station. */
const signedPdf = (deps: CashDeps, handOut: HandOut): Promise<Buffer> =>
  signedPrint(deps, receiptPrint(deps, handOut), renderPaperPdf, {
    organId: handOut.villageId,
    organName: stationOf(deps, handOut.villageId),
    reason: `出具${RECEIPT_TITLE}`,
    at: handOut.handed.at,
    code: handOut.verifyCode,
    content: paperContent(verdictOf(deps, handOut)),
  });

function verdictOf(deps: Pick<CashDeps, 'orgs' | 'vault'>, handOut: HandOut): PaperVerdict {
  const words = JSON.parse(deps.vault.open(handOut.printSealed)) as Words;
  return {
    title: RECEIPT_TITLE,
    number: handOut.number,
    applicant: maskName(words.name as string),
    itemTitle: `${words.scheme}，${words.amount}元`,
    organ: stationOf(deps, handOut.villageId),
    madeOn: localDate(handOut.handed.at),
  };
}

/** What anybody holding a receipt may learn from its code; nothing of one that was taken back. */
export async function findReceiptByCode(
  deps: Pick<CashDeps, 'db' | 'vault' | 'orgs'>,
  code: string,
): Promise<PaperVerdict | undefined> {
  const found = await store.findHandOut(deps.db.read, deps.vault, { verify_code: readCode(code) });
  return found && found.state !== 'undone' ? verdictOf(deps, found) : undefined;
}
