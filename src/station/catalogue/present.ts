/** An item as the public reads it: the nine elements of a service guide (rule B1-2), in plain words. */
import type { Pinned } from '../../platform/definitions/index.ts';
import { leftOut } from '../../workflow/compile.ts';
import type { FormSchema } from '../../workflow/form-schema.ts';
import { budgetOf, deskOfStep, KIND_TITLES } from '../../workflow/steps/build.ts';
import type { Definition, Material, Step, Terms, Waiver } from '../../workflow/types.ts';
import { budgetText, LEVEL_WORDS, ROLE_WORDS } from '../../workflow/words.ts';

const ITEM_KINDS: Record<Definition['kind'], string> = {
  permit: '行政许可',
  benefit: '行政给付',
  confirmation: '行政确认',
  service: '公共服务',
  filing: '备案',
};

const MATERIAL_FORMS: Record<Material['form'], string> = {
  original: '原件',
  copy: '复印件',
  electronic: '电子件',
};

/** Why a paper need not be brought (在线政务服务规定 art. 7, 10). */
const WAYS: Record<Waiver['way'], string> = {
  shared: '免交：从共享数据取得',
  'e-licence': '免交：调用电子证照',
  commitment: '可用书面承诺代替',
  internal: '免交：本系统已有',
  generated: '免交：由系统生成',
};

/** What a decision can be fought with (catalogue B.3). */
const REMEDIES: Record<Definition['remedies'], string> = {
  review:
    '不服决定的，可以自收到决定书之日起 60 日内向富宁县人民政府申请行政复议，也可以自收到决定书之日起 6 个月内依法提起行政诉讼。',
  'review-first':
    '不服决定的，应当自收到决定书之日起 60 日内先向富宁县人民政府申请行政复议；对复议决定不服的，可以自收到复议决定书之日起 15 日内提起行政诉讼。',
  complaint: '对办理结果有意见的，可以向本事项的主管部门投诉或者申请复核。',
};

const FROM: Record<Terms['from'], string> = { acceptance: '自受理之日起', receipt: '自收到申请之日起' };

/** A term in words; the day of the trigger does not count. */
const termText = (budget: Terms['promised'], from: Terms['from']): string =>
  `${FROM[from]} ${budgetText(budget)}`;

/** One line of the list of items. */
export interface ItemSummary {
  code: string;
  version: number;
  title: string;
  department: string;
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

export function itemSummary(definition: Definition): ItemSummary {
  const { code, version, title, department, authority, kind, terms, fee } = definition;
  return {
    code,
    version,
    title,
    department,
    authority,
    kind,
    kindTitle: ITEM_KINDS[kind],
    situations: definition.situations.map(({ id, title }) => ({ id, title })),
    statutory: terms.statutory ? termText(terms.statutory, terms.from) : null,
    promised: termText(terms.promised, terms.from),
    fee,
  };
}

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
}

export interface StepGuide {
  id: string;
  title: string;
  /** 乡镇 · 承办人 */
  who: string;
  /** The office's own days for this step; null: done at once, or none set. */
  days: string | null;
  /** Taken only when the form says so. */
  conditional: boolean;
  note: string | null;
}

/** What one situation of an item asks for and takes. */
export interface SituationGuide {
  id: string;
  title: string;
  statutory: string | null;
  promised: string;
  materials: MaterialGuide[];
  steps: StepGuide[];
  results: { title: string; validity: string }[];
  /** The form to be filled: JSON Schema with examples. */
  form: FormSchema;
}

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

const materialGuide = ({ id, title, form, copies, help, when, waiver }: Material): MaterialGuide => ({
  id,
  title,
  form: MATERIAL_FORMS[form],
  copies,
  help: help ?? null,
  conditional: when !== undefined,
  spared: waiver ? { way: waiver.way, text: WAYS[waiver.way], source: waiver.source } : null,
});

function noteOf(step: Step): string | null {
  if (step.kind === 'inspect') return `不少于 ${step.officers} 名工作人员`;
  if (step.kind === 'joint') return `同时征求：${step.parts.map((p) => p.title).join('、')}`;
  if (step.kind === 'appraise' || ('untimed' in step && step.untimed)) return '所需时间不计入办理期限';
  if (step.kind === 'post')
    return step.clock === 'stops' ? '公示时间不计入办理期限' : '公示时间计入办理期限，期内可以提异议';
  return null;
}

function stepGuide(step: Step): StepGuide {
  const { at, role } = deskOfStep(step);
  const budget = budgetOf(step);
  return {
    id: step.id,
    title: step.title ?? KIND_TITLES[step.kind],
    who:
      step.kind === 'issue' && step.auto
        ? '系统'
        : `${LEVEL_WORDS[at]}${ROLE_WORDS[role].replace(/^村/, '')}`,
    days: budget ? budgetText(budget) : null,
    conditional: step.when !== undefined || step.unless !== undefined,
    note: noteOf(step),
  };
}

function situationGuide(pinned: Pinned, situation: Definition['situations'][number]): SituationGuide {
  const { definition } = pinned;
  const { id, title } = situation;
  const terms = { ...definition.terms, ...situation.terms };
  const steps = definition.steps.filter((step) => !leftOut(definition, step).includes(id));
  const issued = new Set(steps.flatMap((step) => (step.kind === 'issue' ? [step.certificate] : [])));
  return {
    id,
    title,
    statutory: terms.statutory ? termText(terms.statutory, terms.from) : null,
    promised: termText(terms.promised, terms.from),
    materials: definition.materials
      .filter((m) => !m.situations || m.situations.includes(id))
      .map(materialGuide),
    steps: steps.map(stepGuide),
    results: (definition.certificates ?? [])
      .filter((c) => issued.has(c.id))
      .map((c) => ({ title: c.title, validity: c.years === null ? '长期有效' : `有效期 ${c.years} 年` })),
    form: pinned.formFor(id),
  };
}

/** The whole guide: 事项、依据、条件、数量、程序、期限、材料目录、申请书示范文本、收费 (行政许可法 art. 30). */
export function itemGuide(pinned: Pinned): ItemGuide {
  const { definition } = pinned;
  const { basis, conditions, quota, followUp, terms } = definition;
  return {
    ...itemSummary(definition),
    sha256: pinned.sha256,
    basis,
    conditions,
    quota,
    extension: terms.extension
      ? `经负责人批准可以延长一次，${budgetText({ days: terms.extension.days, unit: 'workday' })}（${terms.extension.basis}）`
      : null,
    remedies: REMEDIES[definition.remedies],
    followUp,
    guides: definition.situations.map((s) => situationGuide(pinned, s)),
  };
}
