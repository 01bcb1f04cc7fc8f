/** One line of the catalogue. */
import type { Definition, Term, Terms } from '../../../workflow/types.ts';
import { budgetText } from '../../../workflow/words.ts';
import type { Places } from '../places.ts';
import { FROM, ITEM_KINDS } from './words.ts';

/** A term in words; the day of the trigger does not count. */
export const termText = (budget: Term, from: Terms['from']): string => `${FROM[from]} ${budgetText(budget)}`;

/** One line of the list of items. */
export interface ItemSummary {
  code: string;
  version: number;
  title: string;
  department: string;
  departmentTitle: string;
  /** Who decides. */
  authority: string;
  kind: Definition['kind'];
  kindTitle: string;
  situations: { id: string; title: string }[];
  /** null: the law sets none. */
  statutory: string | null;
  promised: string;
  fee: string;
}

/** @param definition its lengths of time as numbers (`resolved`) */
export function itemSummary(definition: Definition, places: Places): ItemSummary {
  const { code, version, title, department, authority, kind, terms, fee } = definition;
  return {
    code,
    version,
    title,
    department,
    departmentTitle: places.department(department).name,
    authority,
    kind,
    kindTitle: ITEM_KINDS[kind],
    situations: definition.situations.map(({ id, title }) => ({ id, title })),
    statutory: terms.statutory ? termText(terms.statutory, terms.from) : null,
    promised: termText(terms.promised, terms.from),
    fee,
  };
}

/** Items of one department, in the order of their codes. */
export interface DepartmentGroup {
  code: string;
  title: string;
  items: ItemSummary[];
}

/** The catalogue by department, in the county's order; a department without items is left out. */
export const byDepartment = (items: readonly ItemSummary[], places: Places): DepartmentGroup[] =>
  places.departments
    .map(({ code, name }) => ({
      code,
      title: name,
      items: items.filter((i) => i.department === code).sort((a, b) => (a.code < b.code ? -1 : 1)),
    }))
    .filter((group) => group.items.length > 0);
