/** Faults a schema cannot see: counts that do not add up, one person for two, a meeting that passed nothing. Pure. */
import type { Fault } from '../../errors.ts';
import { addDays } from '../../kernel/time.ts';
import { evaluateFeel } from '../../workflow/feel.ts';
import type { CaseEvent, Definition, StateMeta } from '../../workflow/types.ts';
import {
  type Act,
  amountFaults,
  handedIn,
  isRosterStep,
  payList,
  type RosterTable,
  rowsOf,
  struckFaults,
} from '../rosters/index.ts';

type Data = Record<string, unknown>;

/** B2-1: two officers are two persons. */
function samePersonTwice({ officers }: Data): Fault[] {
  if (!Array.isArray(officers)) return [];
  const seen = new Set<string>();
  return (officers as { licence: string }[]).flatMap(({ licence }, i) => {
    if (!seen.has(licence)) {
      seen.add(licence);
      return [];
    }
    return [{ pointer: `/data/officers/${i}/licence`, message: '核查人员必须是不同的人', code: 'B2-1' }];
  });
}

/** A meeting: no more came than could, no more agreed than came, and it passed what it says it passed. */
function meetingFaults(data: Data, passes: string, params: Data): Fault[] {
  const { eligible, present, favour, conclusion } = data as Record<string, number> & { conclusion?: unknown };
  const meeting = { eligible: eligible as number, present: present as number, favour: favour as number };
  const faults: Fault[] = [];
  if (meeting.present > meeting.eligible)
    faults.push({ pointer: '/data/present', message: '实到人数不能多于应到人数', code: 'meeting' });
  if (meeting.favour > meeting.present)
    faults.push({ pointer: '/data/favour', message: '同意人数不能多于实到人数', code: 'meeting' });
  const passed = evaluateFeel(passes, { meeting, params }) === true;
  if (faults.length === 0 && passed !== (conclusion === '通过'))
    faults.push({
      pointer: '/data/conclusion',
      message: passed
        ? '到会和同意的人数已经达到要求，结论应为“通过”'
        : '到会或者同意的人数没有达到要求，结论应为“未通过”',
      code: 'meeting',
    });
  return faults;
}

/** B2-11: seven days' notice of a hearing, and a chair who did not work on the case. */
function hearingFaults({ noticedOn, heldOn, chair }: Data, log: readonly CaseEvent[]): Fault[] {
  const faults: Fault[] = [];
  if (addDays(noticedOn as string, 7) > (heldOn as string))
    faults.push({ pointer: '/data/noticedOn', message: '听证应当提前 7 日通知', code: 'B2-11' });
  if (log.some((e) => e.by.kind === 'account' && e.by.name === chair))
    faults.push({ pointer: '/data/chair', message: '办理过本件的人员不能主持听证', code: 'B2-11' });
  return faults;
}

/** A data check names each register once. */
function registerFaults({ results }: Data): Fault[] {
  const names = (results as { register: string }[]).map((r) => r.register);
  return names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [{ pointer: `/data/results/${i}/register`, message: `「${name}」填了两次`, code: 'check' }],
  );
}

/** Everything that stands against what an act says, its schema met. */
export function saidFaults(
  { steps }: Definition,
  meta: StateMeta,
  { type, data }: CaseEvent,
  log: readonly CaseEvent[],
  params: Data,
): Fault[] {
  const step = steps.find((s) => s.id === meta.step);
  const faults = samePersonTwice(data);
  if (type === 'RECORD_MEETING' && step?.kind === 'deliberate')
    faults.push(...meetingFaults(data, step.passes, params));
  if (type === 'RECORD_RESULT' && step?.kind === 'appraise' && step.procedure === '听证')
    faults.push(...hearingFaults(data, log));
  if (type === 'RECORD_CHECK') faults.push(...registerFaults(data));
  return faults;
}

/** A batch: rows that are struck out exist, and what is paid is the sum of the pay-list. */
export function rosterFaults(
  definition: Definition,
  { step }: StateMeta,
  { type, data }: CaseEvent,
  table: RosterTable,
  acts: readonly Act[],
): Fault[] {
  if (!isRosterStep(definition, step)) return [];
  if (type === 'RECORD_CHECK') {
    const rows = rowsOf(table, handedIn(acts) ?? {});
    return struckFaults(rows.length, (data.struck ?? []) as { row: number }[]);
  }
  return type === 'PAY' ? amountFaults(payList(table, acts, step), data.amount) : [];
}
