/** What papers and messages say of the step an event came in, and of the one it led to. */
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { metaOf } from '../../workflow/advance.ts';
import { activeClock, baseName } from '../../workflow/clocks.ts';
import { needsOf } from '../../workflow/events.ts';
import { isRecord } from '../../workflow/form-schema.ts';
import type { Moment } from '../../workflow/replay.ts';
import { KIND_TITLES } from '../../workflow/steps/build.ts';
import { GAP_DAYS, numbered } from '../../workflow/terms.ts';
import type { CaseState, Definition, Step } from '../../workflow/types.ts';
import { budgetText } from '../../workflow/words.ts';
import type { CaseFacts, GapFacts, ProcedureFacts, StepFacts } from '../facts.ts';
import { lastClock, runningDue } from './clock-facts.ts';
import type { CaseDeps } from './deps.ts';
import type { LoggedEvent } from './log.ts';
import type { FullCase } from './queries.ts';
import { partTitle } from './rules.ts';
import { plainValue } from './titles.ts';

/** A case around one event of its log. */
interface Turn {
  before: Moment;
  after: Moment;
  event: LoggedEvent;
}

/** Everything about the step of an event that a paper may name. */
export function stepFacts(
  deps: CaseDeps,
  { pinned, row }: FullCase,
  turn: Turn,
): Pick<CaseFacts, 'decidedOn' | 'step' | 'procedure' | 'gap' | 'pays' | 'renewal'> {
  const { definition } = pinned;
  const { before, after, event } = turn;
  const { decidedAt, validTo } = after.state.context;
  const came = stepOf(before);
  const step = definition.steps.find((s) => s.id === came);
  const renews = definition.situations.find((s) => s.id === row.situation)?.renews;
  return {
    decidedOn: decidedAt === null ? null : localDate(decidedAt),
    step: describe(definition, came, step, turn),
    procedure: procedureOf(deps, definition, turn),
    gap: gapOf(deps, definition, after.state),
    pays: needsOf(step).pays,
    renewal:
      event.type === 'RENEWAL_DEEMED' && renews && validTo !== null ? { validTo, basis: renews.basis } : null,
  };
}

const stepOf = ({ machine, state }: Moment): string => metaOf(machine, state).step;
const titleOf = (step: Step): string => step.title ?? KIND_TITLES[step.kind];

function describe(
  definition: Definition,
  id: string,
  step: Step | undefined,
  { before, after, event: { data } }: Turn,
): StepFacts {
  const again = activeClock(after.state.clocks, 'reappraisal')?.budget;
  const wait = lastClock(before.state, `wait:${id}`)?.budget;
  return {
    id,
    title: step ? titleOf(step) : '',
    procedure: step?.kind === 'appraise' ? step.procedure : null,
    again: again && 'days' in again ? again.days : null,
    part: step?.kind === 'joint' && typeof data.part === 'string' ? partTitle(definition, data.part) : null,
    about: step?.kind === 'follow' ? step.about : null,
    limit: wait ? budgetText(wait) : null,
    asked: askedOf(step, data.asked),
  };
}

/** The item's own fields with their titles; what is sensitive stays in the log. */
function askedOf(step: Step | undefined, asked: unknown): StepFacts['asked'] {
  if (!isRecord(asked)) return [];
  return Object.entries(step?.asks ?? {})
    .filter(([name, field]) => asked[name] !== undefined && field['x-sensitive'] !== true)
    .map(([name, field]) => ({
      label: field.title ?? name,
      value: plainValue(asked[name], field['x-unit']),
    }));
}

/** Why the terms stand still from this event on, and for how long; null when they do not. */
function procedureOf(
  deps: CaseDeps,
  definition: Definition,
  { before, after, event }: Turn,
): ProcedureFacts | null {
  if (event.type === 'SUSPEND') {
    const { procedure, reason, expectedEnd } = event.data as Record<string, string>;
    return { name: procedure as string, reason: reason as string, expectedEnd: expectedEnd ?? null };
  }
  const entered = stepOf(after);
  const step = definition.steps.find((s) => s.id === entered);
  if (!step || entered === stepOf(before)) return null;
  const reason = reasonOf(step);
  return reason === undefined
    ? null
    : { name: nameOf(step), reason, expectedEnd: expectedEnd(deps, after.state, step) };
}

/** The basis on which time in a step is not counted. */
const reasonOf = (step: Step): string | undefined =>
  step.kind === 'appraise' ? step.basis : 'untimed' in step ? step.untimed : undefined;

/** 残疾评定（鉴定）: the item's word and the law's. */
function nameOf(step: Step): string {
  if (step.kind !== 'appraise') return titleOf(step);
  const { title, procedure } = step;
  if (title === undefined) return procedure;
  return title.includes(procedure) ? title : `${title}（${procedure}）`;
}

/** When the step is due to end: its own clock, that of the waiting, or the slowest office asked. */
function expectedEnd(deps: CaseDeps, state: CaseState, { id }: Step): LocalDate | null {
  const parts = state.clocks.filter((c) => c.endedOn === undefined && c.name.startsWith('part:'));
  const dues = [`step:${id}`, `wait:${id}`, ...parts.map(baseName)]
    .map((name) => runningDue(deps, state, name))
    .filter((due) => due !== null);
  return dues.sort().at(-1) ?? null;
}

function gapOf(deps: CaseDeps, { materials }: Definition, state: CaseState): GapFacts | null {
  const { gaps, counts } = state.context;
  if (gaps.length === 0) return null;
  return {
    titles: gaps.map((id) => materials.find((m) => m.id === id)?.title ?? id),
    days: numbered(GAP_DAYS, counts),
    due: runningDue(deps, state, 'gap'),
  };
}
