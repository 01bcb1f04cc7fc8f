import { invalid, notAllowed } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { holds, type SignedIn } from '../../../people/accounts/index.ts';
import { requireStanding } from '../../../people/orgs/index.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { metaOf, start, stateName } from '../../../workflow/advance.ts';
import { today } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import { insertDraft } from '../drafts/index.ts';
import { checkForm, notNeeded } from '../filing.ts';
import { applicantOf, phaseOf } from '../rules.ts';
import { type CaseRow, insertCase, saveDesks } from '../store.ts';
import { actIn } from './act.ts';

export interface OpenInput {
  item: string;
  situation?: string;
  village?: string;
  form: Record<string, unknown>;
  commitments?: string[];
  /** Minor materials the applicant signs for bringing later (容缺). */
  gaps?: string[];
  /** true: keep it unfinished, unchecked. */
  draft?: boolean;
  /** true: hand it in at once; every material must be spared or vouched for. */
  file?: boolean;
}

/** The village a clerk files for: the one named, or the only one the clerk works in. */
export function villageOf(deps: CaseDeps, who: SignedIn, wanted: string | undefined): string {
  const own = who.grants.filter((g) => g.role === 'clerk').map((g) => g.org);
  const village = wanted ?? own[0];
  if (village === undefined || !holds(who, 'clerk', village, deps.orgs)) throw notAllowed('case.not_clerk');
  return village;
}

/**
 * Open a case at the counter of a village. The form is checked at once (unless kept as a draft), so that a
 * wrong digit is told at the field; nothing runs before it is handed in with FILE.
 * @throws notAllowed `case.not_clerk`, notFound `item.not_found`, invalid with every fault
 */
export async function openIn(trx: Trx, deps: CaseDeps, who: SignedIn, input: OpenInput): Promise<CaseRow> {
  const villageId = villageOf(deps, who, input.village);
  const row = await openAt(trx, deps, { villageId, openedBy: who.accountId }, input);
  return input.file ? actIn(trx, deps, { kind: 'account', who }, row.id, { event: 'FILE', data: {} }) : row;
}

/**
 * The same for the house itself, which opens what follows in a package; not handed in.
 * @param counter village, and the account it is opened for
 */
export async function openAt(
  trx: Trx,
  deps: CaseDeps,
  { villageId, openedBy }: { villageId: string; openedBy: string },
  input: OpenInput,
): Promise<CaseRow> {
  const pinned = deps.definitions.get(input.item);
  const { definition, machine } = pinned;
  const situation = definition.situations.find(
    (s) => s.id === (input.situation ?? definition.situations[0]?.id),
  );
  if (!situation) throw invalid([{ pointer: '/situation', message: '没有这种办理情形' }]);
  const check = checkForm(deps, pinned, situation.id, input.form, today(deps));
  if (!input.draft && check.answer) throw notNeeded(pinned, { villageId, form: input.form }, check.answer);
  if (!input.draft && check.faults.length > 0) throw invalid(check.faults, 'case.incomplete');
  const now = deps.clock.now();
  const snapshot = start(machine, situation.id);
  const desk = metaOf(machine, snapshot).desk;
  const row: CaseRow = {
    id: newId(now, deps.random),
    number: null,
    itemCode: definition.code,
    itemTitle: definition.title,
    department: definition.department,
    definitionSha: pinned.sha256,
    situation: situation.id,
    villageId,
    applicantId: null,
    applicantName: applicantOf(input.form).name ?? '',
    form: input.draft ? input.form : check.form,
    commitments: input.commitments ?? [],
    gaps: input.gaps ?? [],
    state: stateName(snapshot),
    phase: phaseOf(machine, snapshot),
    deskOrg: desk && deps.orgs.deskOrg(desk, villageId, definition.department).id,
    deskRole: desk?.role ?? null,
    snapshot,
    version: 1,
    openedBy,
    openedAt: now,
    updatedAt: now,
    receivedAt: null,
    acceptedOn: null,
    decidedAt: null,
    closedAt: null,
    outcome: null,
    nextDue: null,
  };
  await requireStanding(trx, villageId);
  await insertCase(trx, deps.vault, row);
  if (!input.file) await insertDraft(trx, deps.vault, draftOf(row));
  if (row.deskOrg && row.deskRole) await saveDesks(trx, row, [{ org: row.deskOrg, role: row.deskRole }]);
  return row;
}

/** Until it is handed in, it is somebody's to fill in. */
const draftOf = ({ id, villageId, openedBy, openedAt, form }: CaseRow) => ({
  caseId: id,
  villageId,
  holder: openedBy,
  at: openedAt,
  idNumber: applicantOf(form).idNumber,
});
