/** What a case's page tells beyond its state: offices asked together, papers owed, what was granted and goes on. Pure. */
import type { Ledger, Light } from '../../kernel/deadline.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import { stateName } from '../../workflow/advance.ts';
import { activeClock } from '../../workflow/clocks.ts';
import { deskOfPart } from '../../workflow/steps/joint.ts';
import type { Definition, JointStep, PartStanding, StateMeta } from '../../workflow/types.ts';
import { lastClock } from './clock-facts.ts';
import type { LoggedEvent } from './log.ts';
import type { ClockStanding } from './present.ts';
import type { CaseRow, MaterialRow } from './store.ts';

/** One office of a joint review. */
export interface PartView {
  /** Department code, as GIVE_OPINION names it. */
  part: string;
  orgName: string;
  /** What it is asked about. */
  title: string;
  standing: PartStanding;
  due: LocalDate | null;
  light: Light | null;
  clock: ClockStanding | null;
  answeredAt: Instant | null;
  /** Who answered; null for silence. */
  by: string | null;
  opinion: string | null;
}

export interface JointView {
  title: string;
  /** Is it going on? */
  current: boolean;
  parts: PartView[];
}

/** Minor papers that may follow. */
export interface OwedView {
  /** Last day; null before acceptance, from which the days count. */
  until: LocalDate | null;
  clock: ClockStanding | null;
  materials: { id: string; title: string; brought: boolean }[];
}

export interface KeptView {
  standing: 'current' | 'due' | 'halted' | 'cancelled';
  /** 生存认证, 年审 … */
  about: string;
  /** Day of the next review, or the last day of the one that is due. */
  review: LocalDate | null;
}

/** Everything these views look at. */
export interface Scene {
  row: CaseRow;
  definition: Definition;
  meta: StateMeta;
  log: readonly LoggedEvent[];
  files: readonly MaterialRow[];
  orgs: OrgMap;
  standing(ledger: Ledger): ClockStanding;
}

export function jointView(scene: Scene): JointView | null {
  const { row, definition, meta, log } = scene;
  const { parts } = row.snapshot.context;
  const asked = Object.keys(parts);
  const step = definition.steps.findLast(
    (s): s is JointStep => s.kind === 'joint' && asked.every((a) => s.parts.some((p) => p.office === a)),
  );
  if (!step || asked.length === 0) return null;
  return {
    title: step.title ?? '联合审查',
    current: meta.step === step.id,
    parts: step.parts
      .filter((p) => parts[p.office] !== undefined)
      .map((part) => partView(scene, part, parts[part.office] as PartStanding, log)),
  };
}

function partView(
  { row, orgs, standing }: Scene,
  part: JointStep['parts'][number],
  stands: PartStanding,
  log: readonly LoggedEvent[],
): PartView {
  const answer = log.findLast(
    (e) => (e.type === 'GIVE_OPINION' || e.type === 'OPINION_DEEMED') && e.data.part === part.office,
  );
  const answered = stands === 'open' ? undefined : answer;
  const ledger = lastClock(row.snapshot, `part:${part.office}`);
  const clock = ledger ? standing(ledger) : null;
  const { opinion } = answered?.data ?? {};
  return {
    part: part.office,
    orgName: orgs.deskOrg(deskOfPart(part), row.villageId, row.department).name,
    title: part.title,
    standing: stands,
    due: clock?.due ?? null,
    light: stands === 'open' ? (clock?.light ?? null) : null,
    clock,
    answeredAt: answered?.at ?? null,
    by: answered?.type === 'GIVE_OPINION' ? answered.by.name : null,
    opinion: typeof opinion === 'string' ? opinion : null,
  };
}

export function owedView({ row, definition, files, standing }: Scene): OwedView | null {
  const { gaps } = row.snapshot.context;
  if (gaps.length === 0) return null;
  const ledger = activeClock(row.snapshot.clocks, 'gap');
  const clock = ledger ? standing(ledger) : null;
  return {
    until: clock?.due ?? null,
    clock,
    materials: gaps.map((id) => ({
      id,
      title: definition.materials.find((m) => m.id === id)?.title ?? id,
      brought: files.some((f) => f.materialId === id),
    })),
  };
}

const STANDINGS = ['current', 'due', 'halted', 'cancelled'] as const;

export function keptView({ row, definition, meta, standing }: Scene): KeptView | null {
  const step = definition.steps.find((s) => s.id === meta.step);
  const leaf = STANDINGS.find((s) => s === stateName(row.snapshot).split('.')[1]);
  if (step?.kind !== 'follow' || leaf === undefined) return null;
  const ledger = activeClock(row.snapshot.clocks, leaf === 'due' ? 'review' : 'validity');
  return { standing: leaf, about: step.about, review: ledger ? standing(ledger).due : null };
}
