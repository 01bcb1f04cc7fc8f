/** A package as chosen for one family: its items pinned, their forms merged, their materials counted once. */
import { invalid } from '../../errors.ts';
import type { Definitions, Pinned } from '../../platform/definitions/index.ts';
import {
  type Choice,
  type ChosenItem,
  choose,
  type PackageDefinition,
  WrongChoice,
} from '../../workflow/package.ts';
import { mergeForms, type PackageForm } from '../../workflow/package-form.ts';
import type { Material } from '../../workflow/types.ts';
import { type MaterialGroup, materialGroups } from './rules.ts';

export interface PlannedItem extends ChosenItem {
  title: string;
  pinned: Pinned;
  /** Opened only when others were granted. */
  later: boolean;
}

export interface Plan {
  definition: PackageDefinition;
  items: PlannedItem[];
  form: PackageForm;
  /** What all of them ask for, each once. */
  materials: MaterialGroup[];
}

/**
 * Work out what is chosen of a package, on the items as they are now.
 * @throws invalid when the package has no such item or situation
 */
export function planOf(
  deps: { definitions: Pick<Definitions, 'get'> },
  definition: PackageDefinition,
  choice: Choice,
): Plan {
  const items = chosen(definition, choice).map((item) => {
    const pinned = deps.definitions.get(item.code);
    return { ...item, pinned, title: pinned.definition.title, later: item.after !== undefined };
  });
  const children = items.map(({ code, title, pinned, chosen: situation, later }) => ({
    code,
    title,
    form: pinned.formFor(situation),
    later,
  }));
  const asked = items.flatMap((item) => materialsOf(item).map((material) => ({ code: item.code, material })));
  return {
    definition,
    items,
    form: mergeForms(definition.title, children, definition.copies),
    materials: materialGroups(asked),
  };
}

function chosen(definition: PackageDefinition, choice: Choice): ChosenItem[] {
  try {
    return choose(definition, choice);
  } catch (error) {
    if (!(error instanceof WrongChoice)) throw error;
    throw invalid([{ pointer: '/items', message: error.message, code: 'package' }]);
  }
}

const materialsOf = ({ pinned, chosen: situation }: PlannedItem): Material[] =>
  pinned.definition.materials.filter((m) => !m.situations || m.situations.includes(situation));
