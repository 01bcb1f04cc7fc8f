/** 证照交接: pieces go from desk to desk; who sends and who confirms the receipt are two people. */
import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import { personsActing, type SignedIn } from '../../../people/accounts/index.ts';
import { nextNumber, type Trx, transact } from '../../../platform/db/index.ts';
import { casesAwaiting } from '../../../platform/jobs/index.ts';
import { keeps, neighbours, placesOf } from '../policy.ts';
import { hold } from '../store.ts';
import * as store from '../transfers/store.ts';
import type { CertificateAct, CertificateDeps } from '../types.ts';
import { named, record } from './log.ts';
import { personOf, type Seen, seen } from './piece.ts';

const NONE_CHOSEN = [{ pointer: '/certificates', message: '请勾选要移交的证照', code: 'minItems' }];

/**
 * Send pieces that lie at one desk to the next one, with a numbered list 交接清单.
 * @returns the transfer's id
 * @throws invalid without pieces; notAllowed for whoever does not keep them; conflict `transfer.not_next`,
 *   `certificate.not_possible`
 */
export async function sendPieces(
  deps: CertificateDeps,
  who: SignedIn,
  { to, certificates }: { to: string; certificates: string[] },
): Promise<string> {
  const ids = [...new Set(certificates)];
  if (ids.length === 0) throw invalid(NONE_CHOSEN);
  return transact(deps.db, async (trx) => {
    await hold(trx, { ids });
    const pieces: Seen[] = [];
    for (const id of ids) pieces.push(await seen(trx, deps, who, id));
    const from = requireOnePlace(deps, who, pieces, to);
    await requireNotCollected(trx, pieces);
    const at = deps.clock.now();
    const year = Number(localDate(at).slice(0, 4));
    const transfer: store.Transfer = {
      id: newId(at, deps.random),
      number: `${from}证交〔${year}〕${await nextNumber(trx, `transfer:${from}`, year)}号`,
      from,
      to,
      state: 'sent',
      sentBy: personOf(who, (h) => keeps(h, deps.orgs, from)),
      sentAt: at,
      settledBy: null,
      settledAt: null,
      note: null,
    };
    await store.insertTransfer(trx, transfer, ids);
    for (const id of ids) await move(trx, deps, transfer.sentBy, transfer, 'SEND', id);
    return transfer.id;
  });
}

/** The desk at which all pieces lie; it must be next to the one they go to, and this account's to look after. */
function requireOnePlace(deps: CertificateDeps, who: SignedIn, pieces: readonly Seen[], to: string): string {
  const from = pieces[0]?.standing.placeId ?? null;
  for (const { certificate, standing, filed } of pieces) {
    if (standing.placeId === null || standing.custody === 'in-transit')
      throw conflict('certificate.not_possible', {
        certificate: named(certificate),
        state: standing.state,
        custody: standing.custody,
      });
    const isNext = neighbours(standing.placeId, placesOf(deps.orgs, filed)).includes(to);
    if (standing.placeId !== from || !isNext)
      throw conflict('transfer.not_next', { certificate: named(certificate) });
  }
  if (from === null || !keeps(who, deps.orgs, from)) throw notAllowed();
  return from;
}

/** Handed over at the counter, though not written down here yet. */
async function requireNotCollected(trx: Trx, pieces: readonly Seen[]): Promise<void> {
  const collected = await casesAwaiting(trx, 'certificate.collect');
  for (const { certificate, standing } of pieces)
    if (collected.has(certificate.caseId))
      throw conflict('certificate.not_possible', {
        certificate: named(certificate),
        state: standing.state,
        custody: 'collected',
      });
}

const move = (
  trx: Trx,
  deps: CertificateDeps,
  by: store.Transfer['sentBy'],
  { id: transfer, number, from, to }: store.Transfer,
  act: CertificateAct,
  id: string,
) =>
  record(trx, deps, id, {
    act,
    at: deps.clock.now(),
    by,
    fromOrg: from,
    toOrg: to,
    cause: `transfer:${transfer}`,
    detail: { transfer: number },
  });

/**
 * Confirm what arrived, piece by piece. What is not named is missing: it stays with the sender, as 差异.
 * @throws notAllowed for whoever keeps nothing there or sent it; conflict `transfer.settled`; invalid for a piece
 *   that is not on the list
 */
export async function receivePieces(
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
  { received, note }: { received: string[]; note?: string },
): Promise<void> {
  await transact(deps.db, async (trx) => {
    const transfer = await getTransfer(trx, id);
    if (!keeps(who, deps.orgs, transfer.to)) throw notAllowed();
    const persons = personsActing(who, (h) => keeps(h, deps.orgs, transfer.to));
    if (persons.includes(transfer.sentBy.id)) throw notAllowed('transfer.second_person');
    const items = await store.listItems(trx, id);
    requireListed(items, received);
    if (received.length < items.length && note === undefined)
      throw invalid([{ pointer: '/note', message: '有没收到的，请写明差异情况', code: 'required' }]);
    const by = personOf(who, (h) => keeps(h, deps.orgs, transfer.to));
    await settle(trx, deps, by, transfer, 'received', note ?? null);
    for (const { certificateId } of items) {
      const isHere = received.includes(certificateId);
      await store.saveResult(trx, id, certificateId, isHere ? 'received' : 'missing');
      await move(trx, deps, by, transfer, isHere ? 'RECEIVE' : 'MISS', certificateId);
    }
  });
}

function requireListed(items: readonly store.TransferItem[], received: readonly string[]): void {
  const listed = new Set(items.map((i) => i.certificateId));
  const faults = received.flatMap((id, i) =>
    listed.has(id) ? [] : [{ pointer: `/received/${i}`, message: '交接清单里没有这份证照', code: 'enum' }],
  );
  if (faults.length > 0) throw invalid(faults);
}

/**
 * Take a transfer back before it is confirmed: everything lies at the sender's desk again.
 * @throws notAllowed, conflict `transfer.settled`
 */
export async function cancelTransfer(deps: CertificateDeps, who: SignedIn, id: string): Promise<void> {
  await transact(deps.db, async (trx) => {
    const transfer = await getTransfer(trx, id);
    if (!keeps(who, deps.orgs, transfer.from)) throw notAllowed();
    const by = personOf(who, (h) => keeps(h, deps.orgs, transfer.from));
    await settle(trx, deps, by, transfer, 'cancelled', null);
    for (const { certificateId } of await store.listItems(trx, id)) {
      await store.saveResult(trx, id, certificateId, 'cancelled');
      await move(trx, deps, by, transfer, 'RECALL', certificateId);
    }
  });
}

async function settle(
  trx: Trx,
  deps: CertificateDeps,
  by: store.Transfer['sentBy'],
  { id }: store.Transfer,
  state: store.TransferState,
  note: string | null,
): Promise<void> {
  if (!(await store.settleTransfer(trx, id, { state, by, at: deps.clock.now(), note })))
    throw conflict('transfer.settled');
}

async function getTransfer(trx: Trx, id: string): Promise<store.Transfer> {
  const transfer = await store.findTransfer(trx, id);
  if (!transfer) throw notFound('transfer.not_found');
  return transfer;
}
