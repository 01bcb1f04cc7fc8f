/** A text is proposed for what is due, and proposed again after it was returned. */
import { conflict, type Fault, invalid, notAllowed, notFound } from '../../../errors.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { type BranchDeps, moveRecord, openRecord, type Who } from '../../records/index.ts';
import { itemOf } from '../catalogue.ts';
import { mayPropose, mayWork, partsOf } from '../policy.ts';
import { isWider } from '../rules/audience.ts';
import { FINDING_WORDS, type Finding, masked, placeOf, scan } from '../rules/scan.ts';
import * as store from '../store.ts';
import type { Audience, CatalogueItem, Content, Disclosure } from '../types.ts';
import { scanRules } from './dues.ts';

/** What the scan says of a text, and the text as it would be masked. */
export function checkContent(
  deps: BranchDeps,
  itemId: string,
  content: Content,
): { findings: Finding[]; suggested: Content } {
  const rules = scanRules(deps, itemOf(itemId));
  return { findings: scan(content, rules), suggested: masked(content, rules) };
}

/** @throws AppError 422 disclosure.personal_data naming each number and its place, for what must be masked */
export function refuseNumbers(deps: BranchDeps, item: CatalogueItem, content: Content): void {
  const faults = scan(content, scanRules(deps, item))
    .filter((f) => f.blocks)
    .map(
      ({ kind, at, shown }): Fault => ({
        pointer: at.startsWith('/grid') ? '/grid' : at,
        message: `${placeOf(at)}有${FINDING_WORDS[kind]}（${shown}），请遮挡`,
        code: kind,
      }),
    );
  if (faults.length > 0) throw invalid(faults, 'disclosure.personal_data');
}

const requireWords = ({ title, text, grid }: Content): void => {
  const faults: Fault[] = [
    ...(title.trim() === '' ? [{ pointer: '/title', message: '请写标题', code: 'required' }] : []),
    ...(text.trim() === '' && grid === null
      ? [{ pointer: '/text', message: '请写公开的内容，或者上传表格', code: 'required' }]
      : []),
  ];
  if (faults.length > 0) throw invalid(faults);
};

const requireScope = (item: CatalogueItem, audience: Audience): void => {
  if (isWider(audience, item.scope))
    throw invalid([
      { pointer: '/audience', message: '比目录规定的范围宽；确要放宽的，由审批人批准时决定', code: 'wider' },
    ]);
};

export interface Proposal extends Content {
  dueId: string;
  audience: Audience;
}

/**
 * Proposes what is due. Until it is published only those see it who work on it.
 * @throws AppError 403 record.not_yours; 404 record.not_found; 409 disclosure.in_hand; 422 for numbers of persons
 */
export async function propose(
  trx: Trx,
  deps: BranchDeps,
  who: Who,
  { dueId, audience, ...content }: Proposal,
): Promise<{ id: string; version: number }> {
  const due = await store.findDue(trx, { id: dueId });
  if (!due) throw notFound('record.not_found');
  if (!mayPropose(who, due.orgId, deps.orgs)) throw notAllowed('record.not_yours');
  if (await store.hasLive(trx, due.id)) throw conflict('disclosure.in_hand');
  const item = itemOf(due.item);
  requireWords(content);
  requireScope(item, audience);
  refuseNumbers(deps, item, content);
  const { accountId } = who;
  const record = await openRecord(trx, deps, {
    module: 'disclosure',
    orgId: due.orgId,
    authorId: accountId,
    visibility: 'named',
    content,
  });
  await store.insertDisclosure(trx, deps.vault, {
    record,
    dueId: due.id,
    item: due.item,
    audience,
    content,
    answers: null,
    reviewedBy: null,
    deferredBy: null,
    ground: null,
    publishedOn: null,
    expiresOn: null,
  });
  return { id: record.id, version: record.version };
}

/** For those who work on it. @throws AppError 404 record.not_found for anybody else */
export async function getWork(
  db: Trx | BranchDeps['db']['read'],
  deps: BranchDeps,
  who: Who,
  id: string,
): Promise<Disclosure> {
  const found = await store.findDisclosure(db, deps.vault, id);
  if (!found || !mayWork(who, found, deps.orgs)) throw notFound('record.not_found');
  return found;
}

/** Proposes a returned text again; every answer of the review is asked anew. */
export async function proposeAgain(
  trx: Trx,
  deps: BranchDeps,
  who: Who,
  { id, version, audience, ...content }: Content & { id: string; version: number; audience: Audience },
): Promise<{ id: string; version: number }> {
  const found = await getWork(trx, deps, who, id);
  const item = itemOf(found.item);
  const actor = { accountId: who.accountId, parts: partsOf(who, found, deps.orgs) };
  const record = await moveRecord(trx, deps, found.record, { event: 'PROPOSE', actor, version, content });
  requireWords(content);
  requireScope(item, audience);
  refuseNumbers(deps, item, content);
  await store.saveDisclosure(trx, deps.vault, {
    ...found,
    record,
    audience,
    content,
    answers: null,
    reviewedBy: null,
    deferredBy: null,
  });
  return { id: record.id, version: record.version };
}
