import type { Fault } from '../../errors.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { standingOf } from '../../kernel/deadline.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { metaOf } from '../../workflow/advance.ts';
import { isRecord } from '../../workflow/form-schema.ts';
import type { MachineJson } from '../../workflow/machine.ts';
import type { CaseState, Definition, Material } from '../../workflow/types.ts';
import type { MaterialRow, Phase } from './store.ts';

interface ApplicantBlock {
  name?: string;
  idType?: string;
  idNumber?: string;
  phone?: string;
}

const FIELDS = ['name', 'idType', 'idNumber', 'phone'] as const;
/** More than any form allows: a draft holds whatever was typed. */
const LONGEST = 100;

/** The applicant block every form shares (C-APP); of a form not yet checked what is text, and no more than fits. */
export function applicantOf(form: Record<string, unknown>): ApplicantBlock {
  const block = isRecord(form.applicant) ? form.applicant : {};
  const texts = FIELDS.flatMap((name) => {
    const value = block[name];
    return typeof value === 'string' ? [[name, value.slice(0, LONGEST)]] : [];
  });
  return Object.fromEntries(texts);
}

/** How a material stands in a case. */
export type MaterialWay = 'uploaded' | 'spared' | 'committed' | 'owed' | 'missing';

export interface MaterialStanding {
  material: Material;
  way: MaterialWay;
  files: MaterialRow[];
}

/**
 * The materials a case asks for, and how each stands. One that a shared library or the house itself can
 * supply is never asked for (B1-3); one that may be vouched for is satisfied by a commitment.
 * @param applies ids of materials whose condition holds (FEEL evaluated outside)
 */
export function materialStandings(
  definition: Definition,
  situation: string,
  applies: (material: Material) => boolean,
  files: MaterialRow[],
  said: { commitments: string[]; gaps: string[] },
): MaterialStanding[] {
  return definition.materials
    .filter((m) => (!m.situations || m.situations.includes(situation)) && applies(m))
    .map((material) => {
      const own = files.filter((f) => f.materialId === material.id);
      return { material, way: wayOf(material, own, said), files: own };
    });
}

function wayOf(
  material: Material,
  files: MaterialRow[],
  { commitments, gaps }: { commitments: string[]; gaps: string[] },
): MaterialWay {
  if (files.length > 0) return 'uploaded';
  if (material.waiver && material.waiver.way !== 'commitment') return 'spared';
  if (material.waiver && commitments.includes(material.id)) return 'committed';
  return material.tolerable && gaps.includes(material.id) ? 'owed' : 'missing';
}

export function missingMaterials(standings: MaterialStanding[]): Fault[] {
  return standings
    .filter((s) => s.way === 'missing')
    .map(({ material }) => ({
      pointer: `/materials/${material.id}`,
      message: `请上传「${material.title}」${insteadOf(material)}`,
      code: 'material.missing',
    }));
}

const insteadOf = ({ waiver, tolerable }: Material): string => {
  if (waiver?.way === 'commitment') return '，或勾选告知承诺';
  return tolerable ? '，或签容缺承诺后补' : '';
};

/** The coarse phase by which lists are filtered. */
export function phaseOf(machine: MachineJson, state: CaseState): Phase {
  const meta = metaOf(machine, state);
  if (meta.kind === 'end') return 'closed';
  if (meta.kind === 'intake') return 'draft';
  if (meta.kept) return 'kept';
  if (meta.applicant) return 'correction';
  if (meta.kind === 'post') return 'notice';
  return state.context.decidedAt === null ? 'open' : 'decided';
}

/** Earliest due day among the running clocks; null when none runs. */
export function nextDue(state: CaseState, today: LocalDate | Instant, calendar: Calendar): LocalDate | null {
  const dues = state.clocks
    .filter((c) => c.endedOn === undefined)
    .map((c) => standingOf(c, today, calendar).due)
    .filter((d): d is LocalDate => d !== null);
  return dues.sort()[0] ?? null;
}

const CLOCK_TITLES: Record<string, string> = {
  acceptance: '受理期限',
  correction: '补正期限',
  statutory: '法定期限',
  promised: '承诺期限',
  posting: '公示期',
  objection: '异议核查期限',
  rectification: '整改期限',
  reappraisal: '申请复评期限',
  gap: '容缺材料补齐期限',
  renewal: '许可证到期日',
  validity: '下次认证、复核',
  review: '认证、复核期限',
};

/** What a clock is called on the page. */
export function clockTitle(definition: Definition, name: string): string {
  const base = name.split('#')[0] ?? name;
  const [kind, id] = base.split(':');
  if (id === undefined) return CLOCK_TITLES[base] ?? base;
  if (kind === 'part') return `${partTitle(definition, id)}答复期限`;
  const step = definition.steps.find((s) => s.id === id);
  return `${step?.title ?? id}期限`;
}

/** What an office of a joint review is asked about. */
export const partTitle = ({ steps }: Definition, part: string): string =>
  steps.flatMap((s) => (s.kind === 'joint' ? s.parts : [])).find((p) => p.office === part)?.title ?? part;
