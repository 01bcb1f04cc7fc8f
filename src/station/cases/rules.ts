import type { Fault } from '../../errors.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { standingOf } from '../../kernel/deadline.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { metaOf } from '../../workflow/advance.ts';
import type { MachineJson } from '../../workflow/machine.ts';
import type { CaseState, Definition, Material } from '../../workflow/types.ts';
import type { MaterialRow, Phase } from './store.ts';

interface ApplicantBlock {
  name?: string;
  idType?: string;
  idNumber?: string;
  phone?: string;
}

/** The applicant block every form shares (C-APP). */
export const applicantOf = (form: Record<string, unknown>): ApplicantBlock =>
  (form.applicant ?? {}) as ApplicantBlock;

/** How a material stands in a case. */
export type MaterialWay = 'uploaded' | 'spared' | 'committed' | 'missing';

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
  commitments: string[],
): MaterialStanding[] {
  return definition.materials
    .filter((m) => (!m.situations || m.situations.includes(situation)) && applies(m))
    .map((material) => {
      const own = files.filter((f) => f.materialId === material.id);
      return { material, way: wayOf(material, own, commitments), files: own };
    });
}

function wayOf(material: Material, files: MaterialRow[], commitments: string[]): MaterialWay {
  if (files.length > 0) return 'uploaded';
  if (!material.waiver) return 'missing';
  if (material.waiver.way !== 'commitment') return 'spared';
  return commitments.includes(material.id) ? 'committed' : 'missing';
}

export function missingMaterials(standings: MaterialStanding[]): Fault[] {
  return standings
    .filter((s) => s.way === 'missing')
    .map(({ material }) => ({
      pointer: `/materials/${material.id}`,
      message:
        material.waiver?.way === 'commitment'
          ? `请上传「${material.title}」，或勾选告知承诺`
          : `请上传「${material.title}」`,
      code: 'material.missing',
    }));
}

/** The coarse phase by which lists are filtered. */
export function phaseOf(machine: MachineJson, state: CaseState): Phase {
  const meta = metaOf(machine, state);
  if (meta.kind === 'end') return 'closed';
  if (meta.kind === 'intake') return 'draft';
  if (meta.applicant) return 'correction';
  if (meta.kind === 'post') return 'notice';
  return meta.kind === 'issue' || meta.kind === 'collect' ? 'decided' : 'open';
}

/** Earliest due day among the running clocks; null when none runs. */
export function nextDue(state: CaseState, today: LocalDate, calendar: Calendar): LocalDate | null {
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
};

/** What a clock is called on the page. */
export function clockTitle(definition: Definition, name: string): string {
  const base = name.split('#')[0] ?? name;
  if (!base.startsWith('step:')) return CLOCK_TITLES[base] ?? base;
  const step = definition.steps.find((s) => `step:${s.id}` === base);
  return `${step?.title ?? base}期限`;
}
