/** A commitment is made, checked, kept, reported, and reviewed by the meeting: never by one person alone. */
import { conflict, type Fault, invalid, notAllowed, notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { auditBy } from '../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../platform/db/index.ts';
import { type BranchDeps, lapseRecords, moveRecord, openRecord, type Who } from '../records/index.ts';
import { holderOf, mayLook, partsIn } from './policy.ts';
import * as store from './store.ts';
import type { Commitment, CommitmentText, Review } from './types.ts';

/** Fewer are no meeting. */
const FEWEST_PRESENT = 3;

export type NewCommitment = CommitmentText & { org: string; isForOrg: boolean };

const textOf = ({ kind, text, beneficiary, promisedOn }: CommitmentText): CommitmentText => ({
  kind,
  text: text.trim(),
  beneficiary: beneficiary.trim(),
  promisedOn,
});

const textFaults = (deps: BranchDeps, { promisedOn }: CommitmentText): Fault[] =>
  promisedOn > localDate(deps.clock.now())
    ? []
    : [{ pointer: '/promisedOn', message: '兑现日期要在今天以后', code: 'promisedOn' }];

/** @throws AppError 403 where the account belongs to no such organisation, 422 */
export async function makeCommitment(
  deps: BranchDeps,
  who: Who,
  given: NewCommitment,
  requestId?: string,
): Promise<{ id: string }> {
  const of = holderOf(who, given.org, given.isForOrg, deps.orgs);
  if (of === undefined) throw notAllowed('record.not_yours');
  const faults = textFaults(deps, given);
  if (faults.length > 0) throw invalid(faults);
  return writeOnce(deps, who, requestId, given, async (trx) => {
    const content = textOf(given);
    const at = { module: 'commitment', orgId: given.org, authorId: who.accountId };
    const record = await openRecord(trx, deps, { ...at, visibility: 'named', content });
    await store.insertCommitment(trx, record.id, of, content);
    await auditBy(trx, deps, who, 'commitment.make', record.id);
    return { id: record.id };
  });
}

/** @throws AppError 404, also for whom it is not */
export async function getCommitment(
  deps: BranchDeps,
  who: Who | null,
  id: string,
  trx?: Trx,
): Promise<Commitment> {
  const found = await store.findCommitment(trx ?? deps.db.read, id);
  if (!found || !mayLook(who, found, deps.orgs)) throw notFound('record.not_found');
  return found;
}

export interface CommitmentAct {
  event: string;
  version: number;
  reason?: string;
  /** SUBMIT, AMEND: another wording. */
  content?: CommitmentText;
  evidence?: string;
  review?: Review;
}

/** @throws AppError 404, 403, 409, 422 */
export const actOnCommitment = (
  deps: BranchDeps,
  who: Who,
  id: string,
  act: CommitmentAct,
  requestId?: string,
): Promise<{ state: string; version: number }> =>
  writeOnce(deps, who, requestId, { id, act }, async (trx) => {
    const commitment = await getCommitment(deps, who, id, trx);
    const moved = await moveRecord(trx, deps, commitment.record, {
      event: act.event,
      actor: { accountId: who.accountId, parts: partsIn(who, commitment, deps.orgs) },
      version: act.version,
      reason: act.reason,
      content: act.content ?? act.review ?? act.evidence,
      ...(act.event === 'CHECK' && {
        visibility: commitment.of === 'member' ? 'named' : 'public',
        dueOn: commitment.promisedOn,
      }),
    });
    await WRITES[act.event]?.(trx, deps, commitment, act);
    return { state: moved.state, version: moved.version };
  });

type Write = (trx: Trx, deps: BranchDeps, commitment: Commitment, act: CommitmentAct) => Promise<void>;

const reword: Write = async (trx, deps, { record }, { content }) => {
  if (content === undefined) return;
  const faults = textFaults(deps, content);
  if (faults.length > 0) throw invalid(faults);
  await store.saveText(trx, record.id, textOf(content));
};

const review: Write = async (trx, deps, { record, reviews }, { review: found }) => {
  const faults = reviewFaults(localDate(deps.clock.now()), found);
  if (found === undefined || faults.length > 0) throw invalid(faults);
  await store.insertReview(trx, record.id, reviews.length + 1, { ...found, remark: found.remark.trim() });
};

const WRITES: Record<string, Write> = {
  SUBMIT: reword,
  AMEND: reword,
  async REPORT(trx, _, { record }, { evidence = '' }) {
    if (evidence.trim() === '')
      throw invalid([{ pointer: '/evidence', message: '请写明做了什么', code: 'required' }]);
    await store.saveEvidence(trx, record.id, evidence.trim());
  },
  REVIEW: review,
  REVIEW_AGAIN: review,
  async OBJECT(_, __, { reviews }) {
    if (reviews.at(-1)?.outcome === 'fulfilled') throw conflict('commitment.not_disputed');
  },
};

function reviewFaults(today: LocalDate, found: Review | undefined): Fault[] {
  if (!found) return [{ pointer: '/review', message: '请写明会议评议的结果', code: 'required' }];
  return [
    ...(found.present < FEWEST_PRESENT
      ? [
          {
            pointer: '/review/present',
            message: `评议由支部会议作出：到会至少 ${FEWEST_PRESENT} 人`,
            code: 'present',
          },
        ]
      : []),
    ...(found.metOn > today ? [{ pointer: '/review/metOn', message: '会议还没有开', code: 'metOn' }] : []),
  ];
}

/** A new Shanghai day: what was reviewed and not disputed is done with. */
export const commitmentsOnNewDay = (deps: BranchDeps, today: LocalDate): Promise<number> =>
  lapseRecords(deps, 'commitment', today);
