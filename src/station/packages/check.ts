/** What stands against handing in a package: every item checked by its own form and rules, told at one place each. */
import type { Fault } from '../../errors.ts';
import { caseNumber } from '../../kernel/ids.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { deeper } from '../../workflow/form-schema.ts';
import type { Source } from '../../workflow/package.ts';
import {
  type CaseDeps,
  checkForm,
  type FormCheck,
  type MaterialRow,
  type MaterialStanding,
  type MaterialWay,
  missingMaterials,
  standingsOf,
} from '../cases/index.ts';
import type { Plan, PlannedItem } from './plan.ts';
import { groupOf, type MaterialGroup } from './rules.ts';
import type { PackageFile } from './store.ts';

/** A package as typed: the draft, or what somebody is about to send. */
export interface Typed {
  villageId: string;
  form: Record<string, unknown>;
  commitments: readonly string[];
  gaps: readonly string[];
  files: readonly PackageFile[];
}

/** How a material stands that one or several items ask for. */
export interface GroupStanding extends MaterialGroup {
  way: MaterialWay;
  files: PackageFile[];
  /** Wanted only when an item that waits is opened. */
  later: boolean;
}

export interface PackageCheck {
  /** The package's form, sums filled in. */
  form: Record<string, unknown>;
  /** Each item's own, by code. */
  checks: ReadonlyMap<string, FormCheck>;
  /** Against handing in now, pointers into the package's form and materials. */
  faults: Fault[];
  warnings: Fault[];
  materials: GroupStanding[];
  /** As they were typed. */
  commitments: readonly string[];
}

/** Ids of an item's materials among keys of the package. */
export const idsOf = (plan: Plan, code: string, keys: readonly string[]): string[] =>
  plan.materials.filter((g) => keys.includes(g.key) && g.codes.includes(code)).map((g) => g.material.id);

/** The package's files that an item asks for, as its own. */
export const filesOf = (plan: Plan, code: string, files: readonly PackageFile[]): MaterialRow[] =>
  files.flatMap(({ key, ...file }) => {
    const group = plan.materials.find((g) => g.key === key && g.codes.includes(code));
    const asItCame = { position: 0, turn: 0, pages: null, thumbHash: null };
    return group ? [{ ...file, ...asItCame, caseId: '', materialId: group.material.id }] : [];
  });

/** Every item's form, the numbers of cases that are still to be opened guessed: they have the right shape. */
function formsOf(plan: Plan, { villageId, form }: Typed, today: LocalDate) {
  const guess = (source: Source) =>
    source.kind === 'number' ? caseNumber(villageId, today, source.code, 1) : undefined;
  return plan.form.split(form, guess);
}

/** Check what is typed; nothing is stored. Items that wait are reckoned, not judged. */
export function checkPackage(deps: CaseDeps, plan: Plan, typed: Typed, today: LocalDate): PackageCheck {
  const forms = formsOf(plan, typed, today);
  const checked = plan.items.map((item) => {
    const check = checkForm(deps, item.pinned, item.chosen, forms[item.code] ?? {}, today);
    const standings = standingsFor(deps, plan, item, typed, check, today);
    return { item, check, standings };
  });
  const asked = checked.filter(({ item, check }) => !item.later && !check.answer);
  const unknown = plan.form.unknownIn(typed.form).map((pointer) => ({
    pointer: `/form${pointer}`,
    message: '表单中没有这一项',
    code: 'additionalProperties',
  }));
  return {
    form: plan.form.merge(Object.fromEntries(checked.map(({ item, check }) => [item.code, check.form]))),
    checks: new Map(checked.map(({ item, check }) => [item.code, check])),
    faults: once([
      ...unknown,
      ...toldOnce(
        plan,
        asked.map(({ item, check, standings }) => [
          item.code,
          placed(plan, item.code, [...check.faults, ...missingMaterials(standings)]),
        ]),
      ),
    ]),
    commitments: typed.commitments,
    warnings: once(asked.flatMap(({ item, check }) => placed(plan, item.code, check.warnings))),
    materials: plan.materials.flatMap((group) => {
      const own = (list: typeof checked) =>
        list.flatMap(({ item, standings }) =>
          group.codes.includes(item.code) ? standings.filter((s) => s.material.id === group.material.id) : [],
        );
      return groupStanding(group, typed.files, own(asked), own(checked.filter(({ item }) => item.later)));
    }),
  };
}

function standingsFor(
  deps: CaseDeps,
  plan: Plan,
  { code, pinned, chosen }: PlannedItem,
  { commitments, gaps, files }: Typed,
  check: FormCheck,
  today: LocalDate,
): MaterialStanding[] {
  const row = {
    situation: chosen,
    form: check.form,
    commitments: idsOf(plan, code, commitments),
    gaps: idsOf(plan, code, gaps),
  };
  return standingsOf(deps, pinned, row, filesOf(plan, code, files), today);
}

/** What one item lacks, the paper lacks. */
const WORST: readonly MaterialWay[] = ['missing', 'uploaded', 'committed', 'owed', 'spared'];

function groupStanding(
  group: MaterialGroup,
  files: readonly PackageFile[],
  now: readonly MaterialStanding[],
  later: readonly MaterialStanding[],
): GroupStanding[] {
  const standings = now.length > 0 ? now : later;
  const way = WORST.find((w) => standings.some((s) => s.way === w));
  if (way === undefined) return [];
  const own = files.filter((f) => f.key === group.key);
  return [{ ...group, way, files: own, later: now.length === 0 }];
}

/** A fault of a field is not told again by the items that copy it, unless they alone find it. */
function toldOnce(plan: Plan, found: readonly (readonly [code: string, faults: Fault[]])[]): Fault[] {
  const others = (code: string) => plan.items.filter((i) => i.code !== code).map((i) => `/form/${i.code}/`);
  const isCopied = (code: string, { pointer }: Fault) => others(code).some((at) => pointer.startsWith(at));
  const own = new Set(
    found.flatMap(([code, faults]) => faults.filter((f) => !isCopied(code, f)).map((f) => f.pointer)),
  );
  return found.flatMap(([code, faults]) => faults.filter((f) => !isCopied(code, f) || !own.has(f.pointer)));
}

/** Faults of an item at their place in the package. */
export const placed = (plan: Plan, code: string, faults: readonly Fault[]): Fault[] =>
  faults.map((fault) => ({ ...fault, pointer: placeOf(plan, code, fault.pointer) }));

function placeOf(plan: Plan, code: string, pointer: string): string {
  const material = /^\/materials\/(.+)$/.exec(pointer)?.[1];
  if (material !== undefined) return `/materials/${groupOf(plan.materials, code, material).key}`;
  if (pointer === '/form' || pointer.startsWith('/form/'))
    return `/form${plan.form.pointerOf(code, pointer.slice('/form'.length))}`;
  return deeper('/items', code);
}

function once(faults: readonly Fault[]): Fault[] {
  const seen = new Map(faults.map((fault) => [`${fault.pointer}\n${fault.message}`, fault]));
  return [...seen.values()];
}
