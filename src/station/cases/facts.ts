import { deriveDue, type Ledger } from '../../kernel/deadline.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Org } from '../../people/orgs/index.ts';
import { advance, metaOf, start } from '../../workflow/advance.ts';
import { activeClock, baseName } from '../../workflow/clocks.ts';
import { leftOut } from '../../workflow/compile.ts';
import { fieldAt, segmentsOf, valueAt } from '../../workflow/form-schema.ts';
import { recordOf } from '../../workflow/record.ts';
import { budgetOf, KIND_TITLES } from '../../workflow/steps/build.ts';
import type { CaseState, Definition, Desk, PostStep } from '../../workflow/types.ts';
import { budgetText } from '../../workflow/words.ts';
import type { CaseFacts, NoticeFacts } from '../facts.ts';
import type { CaseDeps } from './deps.ts';
import type { LoggedEvent } from './log.ts';
import type { FullCase } from './queries.ts';
import { applicantOf } from './rules.ts';
import { formTitles, plainValue } from './titles.ts';

/** The form as it was handed in last before an event. */
function formAt(log: LoggedEvent[], fallback: Record<string, unknown>): Record<string, unknown> {
  const handedIn = log.findLast((e) => e.data.form !== undefined);
  return (handedIn?.data.form as Record<string, unknown> | undefined) ?? fallback;
}

/**
 * A case as it was just after one event of its log, for papers, certificates and notices: a letter
 * printed late says what was true when its event happened.
 */
export function factsAt(deps: CaseDeps, full: FullCase, seq: number): CaseFacts {
  const caseId = full.row.id;
  const log = full.log.slice(0, seq);
  const event = log.at(-1);
  if (!event) throw new Error(`case ${caseId} has no event ${seq}`);
  const { machine, definition } = full.pinned;
  const states = statesOf(full, log);
  const state = states.at(-1) as CaseState;
  const before = states.at(-2) as CaseState;
  const form = formAt(log, full.row.form);
  const applicant = applicantOf(form);
  const village = deps.orgs.get(full.row.villageId);
  const township = deps.orgs.get(village.parentId as string);
  const acting = metaOf(machine, before);
  return {
    caseId,
    number: full.row.number ?? '',
    item: {
      code: definition.code,
      title: definition.title,
      department: definition.department,
      kind: definition.kind,
      basis: definition.basis,
      fee: definition.fee,
    },
    situationTitle: full.view.situationTitle,
    village: { id: village.id, name: village.name },
    township: { id: township.id, name: township.name },
    applicant: {
      name: applicant.name ?? '',
      idNumber: applicant.idNumber ?? '',
      ...(applicant.phone !== undefined && { phone: applicant.phone }),
    },
    form,
    receivedAt: state.context.receivedAt,
    acceptedOn: state.context.acceptedOn,
    deemed: state.context.deemed,
    ...duesOf(deps, state),
    untimed: untimedSteps(definition, full.row.situation),
    titles: formTitles(full.pinned, full.row.situation),
    extension: event.type === 'EXTEND' ? extensionOf(deps, before, state, definition.terms.extension) : null,
    notice: noticeOf(deps, full, log, states, form),
    materials: full.view.materials.map((m) => ({
      title: m.title,
      form: m.form as CaseFacts['materials'][number]['form'],
      copies: m.copies,
      way: m.way === 'uploaded' ? '已收' : m.way === 'committed' ? '告知承诺' : (m.waiver?.source ?? '免交'),
    })),
    clerk: { name: log.find((e) => e.type === 'FILE')?.by.name ?? event.by.name },
    issuingOrg: issuerOf(deps, full, acting.desk, event),
    event: { seq, type: event.type, at: event.at, by: event.by, data: event.data },
    remedies: definition.remedies,
    record: recordOf(
      definition,
      log.map(({ type, data }, i) => ({ step: metaOf(machine, states[i] as CaseState).step, type, data })),
    ),
    certificate: null,
  };
}

/** Steps of a situation whose time is not counted, as the notice of acceptance tells them (B2-6, B2-7). */
function untimedSteps(definition: Definition, situation: string): string[] {
  return definition.steps
    .filter((s) => !leftOut(definition, s).includes(situation))
    .filter(
      (s) =>
        s.kind === 'appraise' || (s.kind === 'post' && s.clock === 'stops') || ('untimed' in s && s.untimed),
    )
    .map((s) => {
      const budget = budgetOf(s);
      return `${s.title ?? KIND_TITLES[s.kind]}${budget ? `：${budgetText(budget)}` : ''}`;
    });
}

/** Every state the case has been in, the first one included. */
function statesOf(full: FullCase, log: LoggedEvent[]): CaseState[] {
  const states = [start(full.pinned.machine, full.row.situation)];
  for (const event of log) states.push(advance(full.pinned.machine, states.at(-1) as CaseState, event).state);
  return states;
}

/** The last ledger of a name, running or ended. */
const lastClock = (state: CaseState, name: string): Ledger | undefined =>
  activeClock(state.clocks, name) ?? state.clocks.findLast((c) => baseName(c) === name);

function duesOf(deps: CaseDeps, state: CaseState) {
  const due = (name: string) => {
    const ledger = lastClock(state, name);
    return ledger ? deriveDue(ledger, deps.calendar()) : null;
  };
  const statutory = due('statutory');
  const promised = due('promised');
  return {
    statutoryDue: statutory?.due ?? null,
    promisedDue: promised?.due ?? null,
    provisional: Boolean(statutory?.provisional || promised?.provisional),
    correctionDue: activeClock(state.clocks, 'correction') ? (due('correction')?.due ?? null) : null,
  };
}

function extensionOf(
  deps: CaseDeps,
  before: CaseState,
  after: CaseState,
  extension: { days: number; basis: string } | undefined,
): CaseFacts['extension'] {
  if (!extension) return null;
  const name = lastClock(after, 'statutory') ? 'statutory' : 'promised';
  const due = (state: CaseState): LocalDate | null => {
    const ledger = lastClock(state, name);
    return ledger ? deriveDue(ledger, deps.calendar()).due : null;
  };
  return { ...extension, from: due(before), to: due(after) };
}

/**
 * The organ that signs a paper: the receipt is the village's own, but a village is no organ (B1-10), so
 * anything else done at the counter is signed by the desk the case lay at, or by the department.
 */
function issuerOf(
  deps: CaseDeps,
  full: FullCase,
  desk: Desk | null,
  event: LoggedEvent,
): CaseFacts['issuingOrg'] {
  const { villageId, department } = full.row;
  const organs = [
    event.by.org === undefined ? undefined : deps.orgs.get(event.by.org),
    desk ? deps.orgs.deskOrg(desk, villageId, department) : undefined,
    deps.orgs.deskOrg({ at: 'county', role: 'officer' }, villageId, department),
  ];
  const signs = organs.find((o) => o && (o.kind !== 'village' || event.type === 'FILE'));
  return deps.orgs.issuer((signs as Org).id, department);
}

/** The notice of the case as of an event: what it shows, until when, and how objections to it ended. */
function noticeOf(
  deps: CaseDeps,
  full: FullCase,
  log: LoggedEvent[],
  states: CaseState[],
  form: Record<string, unknown>,
): NoticeFacts | null {
  const posted = log.findLastIndex((e) => e.type === 'POST');
  const before = log[posted];
  const ledger = lastClock(states.at(-1) as CaseState, 'posting');
  if (!before || !ledger) return null;
  const { definition } = full.pinned;
  const at = metaOf(full.pinned.machine, states[posted] as CaseState).step;
  const step = definition.steps.find((s): s is PostStep => s.kind === 'post' && s.id === at);
  const until = deriveDue(ledger, deps.calendar()).due ?? ledger.endedOn;
  if (!step || until === undefined) return null;
  const since = log.slice(posted);
  return {
    title: `${definition.title}：${step.title ?? '公示'}`,
    boardName: deps.orgs.deskOrg({ at: step.board, role: 'window' }, full.row.villageId, full.row.department)
      .name,
    shown: [
      { label: '村（社区）', value: deps.orgs.get(full.row.villageId).name },
      ...step.show.map((pointer) => {
        const field = fieldAt(full.pinned.formFor(full.row.situation), segmentsOf(pointer));
        return {
          label: field?.title ?? pointer,
          value: plainValue(valueAt(form, segmentsOf(pointer)), field?.['x-unit']),
        };
      }),
    ],
    openedOn: localDate(before.at),
    until,
    basis: step.basis,
    objections: {
      sustained: since.filter((e) => e.type === 'SUSTAIN_OBJECTION').length,
      dismissed: since.filter((e) => e.type === 'DISMISS_OBJECTION').length,
    },
  };
}
