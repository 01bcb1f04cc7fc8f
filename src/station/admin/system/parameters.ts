/** Values of parameters entered in the running house: proposed by one administrator, approved by another. */
import { conflict, type Fault, invalid, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { isLocalDate, localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import {
  faultLine,
  findProposal,
  insertProposal,
  inspectDefinitions,
  listEntered,
  listProposals,
  type Proposal,
  type ProposalState,
  settleProposal,
} from '../../../platform/definitions/index.ts';
import { type EnteredValue, type Parameter, paramsOn } from '../../../workflow/parameters.ts';
import { checkSchemes } from '../../payouts/index.ts';
import type { SystemDeps } from './house.ts';
import { mayKeepSystem } from './policy.ts';
import { usesOf } from './usage.ts';
import { readValue } from './values.ts';

/** A new value as somebody types it. */
export interface Typed {
  name: string;
  text: string;
  from: string;
  source: string;
  /** He has looked: the document counts in the same unit. */
  unitIs: boolean;
}

const FAULTS_SHOWN = 5;

/** All values of one parameter, the earliest first. @throws 404 `parameter.not_found` */
export function valuesOf(deps: SystemDeps, name: string): Parameter[] {
  const found = deps.definitions.parameters().filter((p) => p.name === name);
  if (found.length === 0) throw notFound('parameter.not_found');
  return found.sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The value that holds on a day; where none does, the last one there was. */
export const presentOf = (values: readonly Parameter[], today: string): Parameter =>
  (values.findLast((p) => p.from <= today && (p.to === null || today <= p.to)) ??
    values.findLast((p) => p.from <= today) ??
    values[0]) as Parameter;

/** What is typed, as a value. @throws 404; 422 with every fault */
function readTyped(deps: SystemDeps, typed: Typed): EnteredValue {
  const { name, text, from, source, unitIs } = typed;
  const today = localDate(deps.clock.now());
  const present = presentOf(valuesOf(deps, name), today);
  const read = readValue(present, text.trim());
  const faults: Fault[] = [];
  if ('fault' in read) faults.push({ pointer: '/text', message: `新的数值：${read.fault}` });
  if (!isLocalDate(from)) faults.push({ pointer: '/from', message: '请填写从哪天起' });
  else if (from < today) faults.push({ pointer: '/from', message: '不能改过去的：最早从今天起' });
  if (source.trim().length < 4 || source.length > 300)
    faults.push({ pointer: '/source', message: '请写明依据的文件和条款，4 到 300 个字' });
  if (!unitIs)
    faults.push({ pointer: '/unitIs', message: `请核对来源文件的单位；不是${present.unit}的，先换算` });
  if ('fault' in read || faults.length > 0) throw invalid(faults);
  return { name, value: read.value, from, source: source.trim() };
}

/**
 * What `cunban check` would say of the items that read it were this value in the files: the faults that it alone brings.
 * @throws 422 with them
 */
function prove(deps: SystemDeps, entered: readonly EnteredValue[], value: EnteredValue): void {
  const readers = usesOf(deps.definitions, []).get(value.name) ?? [];
  const lines = (values: readonly EnteredValue[]): string[] => {
    const { pinned, parameters, faults } = inspectDefinitions({
      folders: deps.house.folders,
      today: value.from,
      entered: values,
      only: readers.flatMap((r) => r.item ?? []),
    });
    const params = paramsOn(parameters, value.from);
    return [...faults, ...checkSchemes(pinned, { params, today: value.from, complete: false })].map(
      faultLine,
    );
  };
  const found = lines([...entered, value]);
  if (found.length === 0) return;
  const known = new Set(lines(entered));
  const brought = found.filter((line) => !known.has(line));
  if (brought.length > 0)
    throw invalid(
      brought
        .slice(0, FAULTS_SHOWN)
        .map((line) => ({ pointer: '/text', message: `事项定义不接受这个数值：${line}` })),
    );
}

async function requireFreeDay(trx: Trx, { name, from }: EnteredValue): Promise<void> {
  const taken = (await listProposals(trx, { name })).some(
    (p) => p.from === from && (p.state === 'proposed' || p.state === 'approved'),
  );
  if (taken) throw invalid([{ pointer: '/from', message: '从这一天起的数值已经有人提出或者批准' }]);
}

/**
 * Propose a value.
 * @returns its id
 * @throws 403, 404; 422 with every fault
 */
export async function proposeValue(
  deps: SystemDeps,
  who: SignedIn,
  typed: Typed,
  requestId: string | undefined,
): Promise<string> {
  if (!mayKeepSystem(who)) throw notAllowed();
  const value = readTyped(deps, typed);
  prove(deps, await listEntered(deps.db.read), value);
  const { id } = await writeOnce(deps, who, requestId, value, async (trx) => {
    await requireFreeDay(trx, value);
    const at = deps.clock.now();
    const id = newId(at, deps.random);
    await insertProposal(trx, { ...value, id, proposed: { by: who.accountId, name: who.name, at } });
    await auditBy(trx, deps, who, 'parameter.propose', id, { ...value });
    return { id };
  });
  return id;
}

export type Decision = 'approve' | 'refuse' | 'withdraw';

const AFTER: Record<Decision, { from: ProposalState; to: ProposalState }> = {
  approve: { from: 'proposed', to: 'approved' },
  refuse: { from: 'proposed', to: 'refused' },
  withdraw: { from: 'approved', to: 'withdrawn' },
};

/**
 * Approve or refuse a proposal, or take an approved value back before its day. From then on everything reads it.
 * @throws 403 `parameter.second_person` when the approver proposed it; 404; 409 `parameter.not_open`; 422
 */
export async function decideValue(
  deps: SystemDeps,
  who: SignedIn,
  given: { id: string; decision: Decision; reason: string },
  requestId: string | undefined,
): Promise<Proposal> {
  if (!mayKeepSystem(who)) throw notAllowed();
  const { id, decision } = given;
  const reason = given.reason.trim();
  if (decision !== 'approve' && (reason.length < 2 || reason.length > 200))
    throw invalid([{ pointer: '/reason', message: '请写明理由，2 到 200 个字' }]);
  const proposal = await findProposal(deps.db.read, id);
  if (!proposal) throw notFound('parameter.not_found');
  if (decision === 'approve' && proposal.state === 'proposed')
    prove(deps, await listEntered(deps.db.read), proposal);
  await writeOnce(deps, who, requestId, given, (trx) => settle(trx, deps, who, { ...given, reason }));
  deps.definitions.enter(await listEntered(deps.db.read));
  return proposal;
}

async function settle(
  trx: Trx,
  deps: SystemDeps,
  who: SignedIn,
  { id, decision, reason }: { id: string; decision: Decision; reason: string },
): Promise<object> {
  const proposal = await findProposal(trx, id);
  if (!proposal) throw notFound('parameter.not_found');
  const at = deps.clock.now();
  const { from, to } = AFTER[decision];
  const today = localDate(at);
  const isLate = decision === 'withdraw' ? proposal.from <= today : proposal.from < today;
  if (proposal.state !== from || (isLate && decision !== 'refuse'))
    throw conflict('parameter.not_open', {
      ...(isLate && {
        says: decision === 'withdraw' ? '它已经生效，请另提新值。' : '生效日已过，请退回后重新提出。',
      }),
    });
  if (decision === 'approve' && proposal.proposed.by === who.accountId)
    throw notAllowed('parameter.second_person');
  const by = { by: who.accountId, name: who.name, at };
  if (!(await settleProposal(trx, proposal, to, by, decision === 'approve' ? null : reason)))
    throw conflict('parameter.not_open');
  await auditBy(trx, deps, who, `parameter.${decision}`, id, {
    name: proposal.name,
    value: proposal.value,
    from: proposal.from,
    ...(decision !== 'approve' && { reason }),
  });
  return {};
}
