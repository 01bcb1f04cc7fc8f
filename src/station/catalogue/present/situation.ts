/** What one situation of an item asks for, takes and gives. */
import type { Pinned } from '../../../platform/definitions/index.ts';
import { leftOut } from '../../../workflow/compile.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import type { CertificateSpec, Definition, PayRhythm, Step } from '../../../workflow/types.ts';
import { RHYTHM_WORDS } from '../../../workflow/words.ts';
import type { Places } from '../places.ts';
import { type MaterialGuide, materialGuides } from './materials.ts';
import { type Condition, type StepGuide, stepGuides } from './steps.ts';
import { termText } from './summary.ts';

export interface SituationGuide {
  id: string;
  title: string;
  statutory: string | null;
  promised: string;
  materials: MaterialGuide[];
  steps: StepGuide[];
  conditions: Condition[];
  /** Certificates, and how long each lives; null: it has no end of its own. */
  results: { title: string; validity: string | null }[];
  /** Money that comes of it, and how often. */
  payments: { title: string; rhythm: string | null }[];
  /** The form to be filled: JSON Schema with examples. */
  form: FormSchema;
}

function validityOf({ years, until, keeps, renewBefore }: CertificateSpec, situation: string): string | null {
  if (keeps?.situations.includes(situation)) return '编号不变，有效期见证件';
  const renew = renewBefore ? `，到期前 ${renewBefore} 日申请延续` : '';
  if (years !== null) return `有效期 ${years} 年${renew}`;
  return until === undefined ? null : `有效期见证件${renew}`;
}

/** Versions before the rhythm was named said `true` and meant each month. */
const rhythmText = (pays: PayRhythm | true): string => RHYTHM_WORDS[pays === true ? 'month' : pays];

function paymentsOf(steps: readonly Step[]): SituationGuide['payments'] {
  const rhythms = steps.flatMap((s) => (s.kind === 'decide' && s.pays ? [rhythmText(s.pays)] : []));
  const rhythm = [...new Set(rhythms)].join('、') || null;
  const pays = steps.filter((s) => s.kind === 'pay');
  const titles = pays.length > 0 ? pays.map((s) => s.title ?? '发放') : rhythm === null ? [] : ['核定的待遇'];
  return titles.map((title) => ({ title, rhythm }));
}

/** @param definition the item with its lengths of time as numbers (`resolved`) */
export function situationGuide(
  definition: Definition,
  formFor: Pinned['formFor'],
  situation: Definition['situations'][number],
  { params, places }: { params: Record<string, unknown>; places: Places },
): SituationGuide {
  const { id, title } = situation;
  const terms = { ...definition.terms, ...situation.terms };
  const steps = definition.steps.filter((step) => !leftOut(definition, step).includes(id));
  const issued = new Set(steps.flatMap((step) => (step.kind === 'issue' ? [step.certificate] : [])));
  return {
    id,
    title,
    statutory: terms.statutory ? termText(terms.statutory, terms.from) : null,
    promised: termText(terms.promised, terms.from),
    materials: materialGuides(definition, id, params),
    ...stepGuides(definition, steps, params, places),
    results: (definition.certificates ?? [])
      .filter((c) => issued.has(c.id))
      .map((c) => ({ title: c.title, validity: validityOf(c, id) })),
    payments: paymentsOf(steps),
    form: formFor(id),
  };
}
