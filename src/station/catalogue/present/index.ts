/** An item as the public reads it: the nine elements of a service guide (rule B1-2), in plain words. Pure. */
import type { Pinned } from '../../../platform/definitions/index.ts';
import { resolved } from '../../../workflow/terms.ts';
import { budgetText } from '../../../workflow/words.ts';
import type { Places } from '../places.ts';
import { type SituationGuide, situationGuide } from './situation.ts';
import { type ItemSummary, itemSummary } from './summary.ts';
import { REMEDIES } from './words.ts';

export { isBrought, type MaterialGuide } from './materials.ts';
export type { SituationGuide } from './situation.ts';
export type { StepGuide } from './steps.ts';
export { byDepartment, type DepartmentGroup, type ItemSummary, itemSummary } from './summary.ts';

export interface ItemGuide extends ItemSummary {
  /** Hash of the definition new cases are pinned to. */
  sha256: string;
  basis: string[];
  conditions: string[];
  quota: string;
  extension: string | null;
  remedies: string;
  followUp: string[];
  guides: SituationGuide[];
}

/**
 * The whole guide: 事项、依据、条件、数量、程序、期限、材料目录、申请书示范文本、收费 (行政许可法 art. 30).
 * @param params values in force on the day it is read, which lengths of time and sentences may name
 */
export function itemGuide(pinned: Pinned, params: Record<string, unknown>, places: Places): ItemGuide {
  const definition = resolved(pinned.definition, params);
  const { basis, conditions, quota, followUp, terms } = definition;
  return {
    ...itemSummary(definition, places),
    sha256: pinned.sha256,
    basis,
    conditions,
    quota,
    extension: terms.extension
      ? `经负责人批准可以延长一次，${budgetText({ days: terms.extension.days, unit: 'workday' })}（${terms.extension.basis}）`
      : null,
    remedies: REMEDIES[definition.remedies],
    followUp,
    guides: definition.situations.map((s) =>
      situationGuide(definition, pinned.formFor, s, { params, places }),
    ),
  };
}
