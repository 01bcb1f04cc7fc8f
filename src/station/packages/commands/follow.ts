/** What happens in a package after one of its cases has moved: the next item is opened, the citizen is told. */
import { type Trx, transact } from '../../../platform/db/index.ts';
import { isRecord } from '../../../workflow/form-schema.ts';
import type { Source } from '../../../workflow/package.ts';
import { withoutPledges } from '../../../workflow/package-form.ts';
import { applicantOf, attachIn, type CaseDeps, factsAt, openAt } from '../../cases/index.ts';
import { listCertificates } from '../../certificates/index.ts';
import { planFor } from '../access.ts';
import { filesOf } from '../check.ts';
import { type Family, familyOf } from '../family.ts';
import type { Plan, PlannedItem } from '../plan.ts';
import { isSettled, mayOpen } from '../rules.ts';
import { claimOpening, claimTelling, findPackageOf, listChildren, listFiles, saveChild } from '../store.ts';

/** How the whole ended: the message `package-done` to the citizen. */
export interface PackageResult {
  phone: string | null;
  words: { number: string; item: string; village: string; result: string };
}

/**
 * A case has moved. Does it belong to a package, open what waited for it, once, prefilled from what the family
 * has said and the offices have found; and when every item is decided, tell the citizen of the whole, once.
 */
export async function followOn(
  deps: CaseDeps,
  caseId: string,
  tell: (trx: Trx, result: PackageResult) => Promise<void>,
): Promise<void> {
  const row = await findPackageOf(deps.db.read, deps.vault, caseId);
  if (!row) return;
  const children = await listChildren(deps.db.read, deps.vault, row.id);
  const family = await familyOf(deps, { row, children });
  const isDue = ({ itemCode: code }: (typeof children)[number]) =>
    mayOpen(
      { code, after: row.definition.items.find((i) => i.code === code)?.after ?? [] },
      family.standings,
    );
  const due = children.filter(isDue).map((c) => c.itemCode);
  if (due.length > 0) await openNext(deps, family, due);
  if (row.toldAt !== null || !isSettled(family.standings, family.cases)) return;
  await transact(deps.db, async (trx) => {
    if (await claimTelling(trx, row.id, deps.clock.now())) await tell(trx, resultOf(deps, family));
  });
}

function resultOf(deps: CaseDeps, { row, full, standings, cases }: Family): PackageResult {
  const outcomes = [...standings].map(([code, s]) => (s === 'running' ? cases.get(code)?.outcome : s));
  const granted = outcomes.filter((o) => o === 'granted').length;
  const refused = outcomes.filter((o) => o !== 'granted' && o !== 'answered').length;
  const [first] = full.values();
  return {
    phone: (first && applicantOf(first.row.form).phone) ?? null,
    words: {
      number: row.number ?? '',
      item: row.title,
      village: deps.orgs.get(row.villageId).name,
      result: refused === 0 ? `${granted} 件都已办成` : `${granted} 件办成，${refused} 件没有办成`,
    },
  };
}

async function openNext(deps: CaseDeps, family: Family, codes: readonly string[]): Promise<void> {
  const { row } = family;
  const plan = planFor(deps, family);
  const forms = plan.form.split(knownForm(plan, family), await knownSources(deps, plan, family));
  const files = await listFiles(deps.db.read, row.id);
  await transact(deps.db, async (trx) => {
    for (const item of plan.items.filter((i) => codes.includes(i.code))) {
      if (!(await claimOpening(trx, row.id, item.code, deps.clock.now()))) continue;
      const form = withoutPledges(item.pinned.formFor(item.chosen), forms[item.code] ?? {});
      const counter = { villageId: row.villageId, openedBy: row.openedBy };
      const input = { item: item.code, situation: item.chosen, form, draft: true };
      const opened = await openAt(trx, deps, counter, input);
      await attachIn(trx, deps, opened.id, lasting(item, filesOf(plan, item.code, files)));
      await saveChild(trx, deps.vault, row.id, item.code, { caseId: opened.id, form: null });
    }
  });
}

/** Papers that hang on the signature are signed anew, like the form itself. */
function lasting<F extends { materialId: string }>({ pinned }: PlannedItem, files: readonly F[]): F[] {
  const signed = pinned.definition.materials.filter((m) => /\bform\.signature\b/.test(m.when ?? ''));
  return files.filter((f) => !signed.some((m) => m.id === f.materialId));
}

/** The package's form as it stands today: cases as they were corrected, the rest as filled in beforehand. */
function knownForm(plan: Plan, { children, full }: Family): Record<string, unknown> {
  const forms = plan.items.flatMap(({ code }): [string, Record<string, unknown>][] => {
    const form = full.get(code)?.row.form ?? children.find((c) => c.itemCode === code)?.form;
    return isRecord(form) ? [[code, form]] : [];
  });
  return plan.form.merge(Object.fromEntries(forms));
}

/** Numbers of cases and certificates, and what the offices recorded. */
async function knownSources(
  deps: CaseDeps,
  plan: Plan,
  { full }: Family,
): Promise<(source: Source) => unknown> {
  const certificates = new Map(
    await Promise.all(
      plan.items.flatMap(({ code }) => {
        const own = full.get(code);
        return own ? [listCertificates(deps.db.read, own.row.id).then((list) => [code, list] as const)] : [];
      }),
    ),
  );
  return (source) => {
    if (source.kind === 'value' || source.kind === 'field') return undefined;
    const own = full.get(source.code);
    if (!own) return undefined;
    if (source.kind === 'number') return own.row.number ?? undefined;
    if (source.kind === 'certificate')
      return certificates.get(source.code)?.findLast((c) => c.specId === source.id && c.state !== 'replaced')
        ?.number;
    return factsAt(deps, own, own.log.length).record[source.step]?.[source.field];
  };
}
