import { AppError, conflict, type Fault, invalid } from '../../../errors.ts';
import { packageNumber } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { nextNumber, type Trx } from '../../../platform/db/index.ts';
import type { Source } from '../../../workflow/package.ts';
import { recordAnswer } from '../../answers/index.ts';
import { actIn, applicantOf, attachIn, type CaseDeps, notNeeded, openAt } from '../../cases/index.ts';
import { type Loaded, loadDraft, planFor } from '../access.ts';
import { checkPackage, filesOf, idsOf, placed } from '../check.ts';
import type { Plan, PlannedItem } from '../plan.ts';
import { listFiles, type PackageFile, saveChild } from '../store.ts';
import { change } from './open.ts';

/** Everything that files one package. */
interface Filing extends Loaded {
  trx: Trx;
  deps: CaseDeps;
  who: SignedIn;
  plan: Plan;
  files: PackageFile[];
  /** Case numbers given so far, by item. */
  numbers: Map<string, string>;
}

/**
 * Hand in a package: every item that waits for nothing becomes a case, handed in, with its own clocks; the
 * others keep what was filled in for them. All or nothing.
 * @throws invalid `case.incomplete` with the faults of every item at their place; whatever filing a case throws
 */
export async function filePackageIn(
  trx: Trx,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  version?: number,
): Promise<string[]> {
  const loaded = await loadDraft(trx, deps, who, id, version);
  const { row } = loaded;
  const plan = planFor(deps, loaded);
  const files = await listFiles(trx, id);
  const on = localDate(deps.clock.now());
  const { faults, checks } = checkPackage(deps, plan, { ...row, files }, on);
  if (faults.length > 0) throw invalid(faults, 'case.incomplete');
  const filing: Filing = { ...loaded, trx, deps, who, plan, files, numbers: new Map() };
  const cases: string[] = [];
  for (const item of plan.items) {
    const answer = item.later ? null : checks.get(item.code)?.answer;
    if (item.later) await keepForLater(filing, item);
    else if (answer) await keepAnswer(filing, item, answer);
    else cases.push(await fileItem(filing, item));
  }
  const year = Number(on.slice(0, 4));
  await change(trx, deps, row, {
    number: packageNumber(row.villageId, on, await nextNumber(trx, 'package', year)),
    state: 'filed',
    filedAt: deps.clock.now(),
    applicantName: applicantOf(row.form).name ?? '',
    // The cases carry it from now on.
    form: {},
  });
  return cases;
}

const known = ({ numbers }: Filing) => {
  return (source: Source) => (source.kind === 'number' ? numbers.get(source.code) : undefined);
};

const formOf = (filing: Filing, code: string): Record<string, unknown> =>
  filing.plan.form.split(filing.row.form, known(filing))[code] ?? {};

async function fileItem(filing: Filing, item: PlannedItem): Promise<string> {
  const { trx, deps, who, plan, row, files, numbers } = filing;
  const { code, chosen } = item;
  return inItem(filing, item, async () => {
    const opened = await openAt(
      trx,
      deps,
      { villageId: row.villageId, openedBy: who.accountId },
      {
        item: code,
        situation: chosen,
        form: formOf(filing, code),
        commitments: idsOf(plan, code, row.commitments),
        gaps: idsOf(plan, code, row.gaps),
        draft: true,
      },
    );
    await attachIn(trx, deps, opened.id, filesOf(plan, code, files));
    const actor = { kind: 'account', who } as const;
    const filed = await actIn(trx, deps, actor, opened.id, { event: 'FILE', data: {} });
    numbers.set(code, filed.number ?? '');
    await saveChild(trx, deps.vault, row.id, code, { caseId: opened.id });
    return opened.id;
  });
}

/** A refusal of one case names its item, and its faults the places in the package's form. */
async function inItem<T>(filing: Filing, item: PlannedItem, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.faults) throw invalid(placed(filing.plan, item.code, error.faults as Fault[]), error.code);
    if (error.status === 409)
      throw conflict(error.code, { ...error.data, item: item.code, itemTitle: item.title });
    throw error;
  }
}

async function keepForLater(filing: Filing, { code }: PlannedItem): Promise<void> {
  const { trx, deps, row } = filing;
  await saveChild(trx, deps.vault, row.id, code, { form: formOf(filing, code) });
}

/** Nothing needs to be filed for this item: the note stays instead (B1-4 ①). */
async function keepAnswer(
  filing: Filing,
  item: PlannedItem,
  answer: NonNullable<Parameters<typeof notNeeded>[2]>,
): Promise<void> {
  const { trx, deps, who, row } = filing;
  const { villageId } = row;
  const { given } = notNeeded(item.pinned, { villageId, form: formOf(filing, item.code) }, answer);
  await recordAnswer(trx, deps, who, given);
  await saveChild(trx, deps.vault, row.id, item.code, { answer: answer.says });
}
