import { conflict, type Fault, invalid, notAllowed, notFound, unsupportedMedia } from '../../../errors.ts';
import { normaliseId } from '../../../kernel/identity.ts';
import { newId } from '../../../kernel/ids.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { nextNumber, type Trx, writeOnce } from '../../../platform/db/index.ts';
import { sniff } from '../../../platform/files/index.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import { newCode } from '../../codes.ts';
import { deathsAmong } from '../../deaths.ts';
import { mayBook, maySeeBox } from '../policy.ts';
import { receiptWords } from '../receipt.ts';
import { HAND_OUT } from '../schema.ts';
import type { Db } from '../store/bags.ts';
import * as store from '../store/hand-outs.ts';
import { findLine, moveLine } from '../store/lines.ts';
import type { CashDeps, CashLine, HandOut, HandOutDetails } from '../types.ts';
import { audited, book, doneBy, holdToday } from './common.ts';

export interface HandOutInput {
  data: Record<string, unknown>;
  /** Photograph of the fingerprint as a data URL. */
  photo?: string;
}

/** @throws notFound `cash.not_found`, also for a line of another village */
async function lineSeen(db: Db, deps: CashDeps, who: SignedIn, lineId: string): Promise<CashLine> {
  const line = await findLine(db, deps.vault, lineId);
  if (!line || !maySeeBox(who, deps.orgs, line.villageId)) throw notFound('cash.not_found');
  return line;
}

/** @throws notFound `cash.not_found`, also for a hand-out of another village */
export async function handOutSeen(db: Db, deps: CashDeps, who: SignedIn, id: string): Promise<HandOut> {
  const found = await store.findHandOut(db, deps.vault, { id });
  if (!found || !maySeeBox(who, deps.orgs, found.villageId)) throw notFound('cash.not_found');
  return found;
}

/**
 * Hand one line to its citizen or to whoever came for them: identity checked, signed, with a witness. Nothing is
 * handed out twice.
 * @throws notFound, notAllowed, invalid with every fault, conflict `cash.already_handed` / `cash.not_possible` /
 *   `cash.day_open` / `cash.day_closed`
 */
export async function handOut(
  deps: CashDeps,
  who: SignedIn,
  lineId: string,
  input: HandOutInput,
  requestId?: string,
): Promise<HandOut> {
  const seen = await lineSeen(deps.db.read, deps, who, lineId);
  if (!mayBook(who, deps.orgs, seen.villageId)) throw notAllowed();
  const photoHash = input.photo === undefined ? null : await keepPhoto(deps, input.photo);
  return writeOnce(deps, who, requestId, { handOut: lineId, input }, async (trx) => {
    const day = await holdToday(trx, deps, seen.villageId);
    const line = await lineSeen(trx, deps, who, lineId);
    requireInBox(line);
    await requireAlive(trx, deps, line);
    refuse(checkAgainst(HAND_OUT, input.data, { prefix: '/data', today: day }));
    const details = ofCollector(input.data);
    refuse(personFaults(details, line, who));
    if (!(await moveLine(trx, lineId, 'box', 'handed'))) requireInBox(await lineSeen(trx, deps, who, lineId));
    const made = await newHandOut(trx, deps, who, { line, day, details, photoHash });
    await store.insertHandOut(trx, deps.vault, made);
    await book(trx, deps, who, {
      villageId: line.villageId,
      day,
      kind: 'hand-out',
      fen: -line.net,
      about: made.id,
      memo: `${line.name} ${line.schemeTitle}，收据 ${made.number}`,
    });
    await audited(trx, deps, who, 'hand-out', made.id, {
      number: made.number,
      amount: line.net,
      collector: details.collector,
    });
    return made;
  });
}

function requireInBox({ state }: CashLine): void {
  if (state === 'handed' || state === 'paid') throw conflict('cash.already_handed');
  if (state !== 'box') throw conflict('cash.not_possible', { state });
}

/** Money of somebody who died is for the heirs to apply for, not for whoever comes to the counter. */
async function requireAlive(trx: Trx, deps: CashDeps, { person }: CashLine): Promise<void> {
  const death = (await deathsAmong(trx, deps.vault, [person])).get(person);
  if (death)
    throw conflict('cash.not_possible', {
      says: `领款人已登记死亡（${death.number}），不能发放；到期退回，由继承人另行申领。`,
    });
}

function refuse(faults: Fault[]): void {
  if (faults.length > 0) throw invalid(faults);
}

/** Without what belongs to another answer: a relation when the citizen came, a picture when it is on paper. */
function ofCollector(data: Record<string, unknown>): HandOutDetails {
  const { relation, signature, witnessSignature, ...rest } = data as unknown as HandOutDetails;
  return {
    ...rest,
    idNumber: normaliseId(rest.idNumber),
    ...(rest.collector === '代领' && relation !== undefined && { relation }),
    ...(rest.signedBy === '屏幕手写' && signature !== undefined && { signature }),
    ...(rest.signedBy === '屏幕手写' && witnessSignature !== undefined && { witnessSignature }),
  };
}

/** Who came, against whose money it is; and the witness is a third person. */
function personFaults(d: HandOutDetails, line: CashLine, who: SignedIn): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, message: string) =>
    faults.push({ pointer: `/data/${field}`, message, code: 'person' });
  const isSelf = d.idNumber === normaliseId(line.idNumber);
  if (d.collector === '本人' && !isSelf) fault('idNumber', '与领款人的身份证号不一致；别人来领的，选“代领”');
  if (d.collector === '本人' && isSelf && d.name !== line.name)
    fault('name', `与领款人的姓名“${line.name}”不一致`);
  if (d.collector === '代领' && isSelf) fault('idNumber', '这是领款人本人的身份证号；本人来领的，选“本人”');
  if (d.witness === d.name || d.witness === line.name) fault('witness', '见证人不能是领款人、代领人');
  if (d.witness === who.name) fault('witness', '见证人不能是经办人');
  return faults;
}

async function keepPhoto(deps: CashDeps, url: string): Promise<string> {
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  const mime = await sniff(bytes);
  if (mime !== 'image/png' && mime !== 'image/jpeg') throw unsupportedMedia('file.wrong_type');
  return (await deps.files.put(bytes)).hash;
}

async function newHandOut(
  trx: Trx,
  deps: CashDeps,
  who: SignedIn,
  given: { line: CashLine; day: string; details: HandOutDetails; photoHash: string | null },
): Promise<HandOut> {
  const { line, day, details, photoHash } = given;
  const handed = doneBy(deps, who);
  const year = day.slice(0, 4);
  const running = await nextNumber(trx, `cash-receipt:${line.villageId}`, Number(year));
  const number = `领款-${line.villageId}-${year}-${String(running).padStart(5, '0')}`;
  return {
    id: newId(handed.at, deps.random),
    lineId: line.lineId,
    villageId: line.villageId,
    day,
    number,
    verifyCode: newCode(deps.random),
    amount: line.net,
    state: 'done',
    handed,
    undoAsked: null,
    undone: null,
    reason: null,
    details,
    photoHash,
    printSealed: deps.vault.seal(JSON.stringify(receiptWords(deps, { line, details, handed, photoHash }))),
    fileHash: null,
  };
}
