/** A package as the public reads it: what is done together, what follows, what to bring once. */

import { localDate } from '../../kernel/time.ts';
import type { FormSchema } from '../../workflow/form-schema.ts';
import type { Choice, PackageDefinition } from '../../workflow/package.ts';
import { resolved } from '../../workflow/terms.ts';
import type { Material } from '../../workflow/types.ts';
import { budgetText } from '../../workflow/words.ts';
import type { CaseDeps } from '../cases/index.ts';
import { type Plan, type PlannedItem, planOf } from './plan.ts';

export interface GuideItem {
  code: string;
  title: string;
  says: string;
  situation: string;
  /** What the clerk may choose among. */
  situations: { id: string; title: string }[];
  after: { code: string; title: string }[];
  optional: boolean;
  /** Is it chosen? */
  chosen: boolean;
  promised: string;
  fee: string;
}

export interface GuideMaterial {
  key: string;
  title: string;
  form: Material['form'];
  copies: number;
  help: string | null;
  /** Titles of the items that ask for it. */
  items: string[];
  /** Only in some cases, which the form decides. */
  conditional: boolean;
  /** Why it need not be brought, or how it can be replaced; null: bring it. */
  spared: { way: string; source: string } | null;
  /** Wanted only when an item that waits is opened. */
  later: boolean;
}

export interface PackageGuide {
  code: string;
  version: number;
  title: string;
  says: string;
  items: GuideItem[];
  materials: GuideMaterial[];
  form: FormSchema;
}

/** One line of the list of packages. */
export const packageSummary = ({ code, version, title, says, items }: PackageDefinition) => ({
  code,
  version,
  title,
  says,
  items: items.map(({ code: item, situation, others = [], after = [], optional = false, says: about }) => ({
    code: item,
    situation,
    others,
    after,
    optional,
    says: about,
  })),
});

/**
 * @param all the same package with everything chosen, so that what is left out can be chosen again
 * @param params in force today
 */
function packageGuide(plan: Plan, all: Plan, params: Record<string, unknown>): PackageGuide {
  const { code, version, title, says } = plan.definition;
  return {
    code,
    version,
    title,
    says,
    items: all.items.map((item) =>
      guideItem(plan.items.find((i) => i.code === item.code) ?? item, plan, all, params),
    ),
    materials: plan.materials.map((group) => materialOf(group, plan)),
    form: { ...plan.form.schema, examples: [exampleOf(plan)] },
  };
}

function guideItem(item: PlannedItem, plan: Plan, all: Plan, params: Record<string, unknown>): GuideItem {
  const definition = resolved(item.pinned.definition, params);
  const own = definition.situations.find((s) => s.id === item.chosen);
  const offered = [item.situation, ...(item.others ?? [])];
  return {
    code: item.code,
    title: item.title,
    says: item.says,
    situation: item.chosen,
    situations: definition.situations
      .filter((s) => offered.includes(s.id))
      .map(({ id, title }) => ({ id, title })),
    after: (item.after ?? []).map((code) => ({
      code,
      title: all.items.find((i) => i.code === code)?.title ?? code,
    })),
    optional: item.optional === true,
    chosen: plan.items.some((i) => i.code === item.code),
    promised: budgetText({ ...definition.terms, ...own?.terms }.promised),
    fee: definition.fee,
  };
}

function materialOf({ key, material, codes }: Plan['materials'][number], { items }: Plan): GuideMaterial {
  const asking = items.filter((i) => codes.includes(i.code));
  const { waiver } = material;
  return {
    key,
    title: material.title,
    form: material.form,
    copies: material.copies,
    help: material.help ?? null,
    items: asking.map((i) => i.title),
    conditional: material.when !== undefined,
    spared: waiver ? { way: waiver.way, source: waiver.source } : null,
    later: asking.every((i) => i.later),
  };
}

/** A package as somebody chooses it, as of now. @throws notFound `package.not_found`, invalid for a wrong choice */
export function guideOf(deps: CaseDeps, code: string, choice: Choice): PackageGuide {
  const definition = deps.definitions.package(code);
  const params = deps.definitions.params(localDate(deps.clock.now()));
  return packageGuide(planOf(deps, definition, choice), planOf(deps, definition, {}), params);
}

/** The package's form out of the examples of its items. */
const exampleOf = ({ items, form }: Plan): Record<string, unknown> =>
  form.merge(
    Object.fromEntries(
      items.flatMap(({ code, pinned, chosen }): [string, Record<string, unknown>][] => {
        const [example] = pinned.formFor(chosen).examples ?? [];
        return example ? [[code, example as Record<string, unknown>]] : [];
      }),
    ),
  );
