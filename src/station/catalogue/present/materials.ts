/** 材料目录: what to bring, and what need not be brought and why. */
import type { Definition, Material, Waiver } from '../../../workflow/types.ts';
import { MATERIAL_FORMS, WAYS } from './words.ts';

export interface MaterialGuide {
  id: string;
  title: string;
  form: string;
  copies: number;
  help: string | null;
  /** Asked for only in some cases, which the form decides. */
  conditional: boolean;
  /** What replaces the paper, in words; null: it must be brought. */
  spared: { way: Waiver['way']; text: string; source: string } | null;
  /** 容缺: working days in which it may follow when the applicant signs for it; null: it may not. */
  tolerable: number | null;
}

const materialGuide = (m: Material, params: Record<string, unknown>): MaterialGuide => ({
  id: m.id,
  title: m.title,
  form: MATERIAL_FORMS[m.form],
  copies: m.copies,
  help: m.help ?? null,
  conditional: m.when !== undefined,
  spared: m.waiver ? { way: m.waiver.way, text: WAYS[m.waiver.way], source: m.waiver.source } : null,
  tolerable: m.tolerable ? Number(params.gapDays) : null,
});

/** The materials of a situation, in the item's order. */
export const materialGuides = (
  { materials }: Definition,
  situation: string,
  params: Record<string, unknown>,
): MaterialGuide[] =>
  materials
    .filter((m) => !m.situations || m.situations.includes(situation))
    .map((m) => materialGuide(m, params));

/** Must it be brought, on paper or as a commitment? */
export const isBrought = ({ spared }: MaterialGuide): boolean =>
  spared === null || spared.way === 'commitment';
