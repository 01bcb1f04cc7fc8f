import { deriveDue } from '../../kernel/deadline.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { metaOf } from '../../workflow/advance.ts';
import { leftOut } from '../../workflow/compile.ts';
import { fieldAt, segmentsOf, valueAt } from '../../workflow/form-schema.ts';
import { recordOf } from '../../workflow/record.ts';
import { type Moment, replay } from '../../workflow/replay.ts';
import { budgetOf, deskOfStep, KIND_TITLES } from '../../workflow/steps/build.ts';
import { resolved } from '../../workflow/terms.ts';
import type { Definition, Desk, EventName, Level, PostStep } from '../../workflow/types.ts';
import { budgetText } from '../../workflow/words.ts';
import type { CaseFacts, NoticeFacts } from '../facts.ts';
import { duesOf, extensionOf, lastClock } from './clock-facts.ts';
import type { CaseDeps } from './deps.ts';
import type { LoggedEvent } from './log.ts';
import type { FullCase } from './queries.ts';
import { applicantOf } from './rules.ts';
import { stepFacts } from './step-facts.ts';
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
  const { definition } = full.pinned;
  const moments = momentsOf(deps, full).slice(0, seq + 1);
  const [before, after] = moments.slice(-2) as [Moment, Moment];
  const { state } = after;
  const form = formAt(log, full.row.form);
  const applicant = applicantOf(form);
  const village = deps.orgs.get(full.row.villageId);
  const township = deps.orgs.get(village.parentId as string);
  const acting = metaOf(before.machine, before.state);
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
    appliedOn: appliedOn(log),
    acceptedOn: state.context.acceptedOn,
    deemed: state.context.deemed,
    ...duesOf(deps, state),
    ...stepFacts(deps, full, { before, after, event }),
    untimed: untimedSteps(resolved(definition, state.context.counts), full.row.situation),
    titles: formTitles(full.pinned, full.row.situation),
    extension:
      event.type === 'EXTEND' ? extensionOf(deps, before.state, state, definition.terms.extension) : null,
    notice: noticeOf(deps, full, log, moments, form),
    materials: full.view.materials.map((m) => ({
      title: m.title,
      form: m.form as CaseFacts['materials'][number]['form'],
      copies: m.copies,
      way: state.context.gaps.includes(m.id) ? '容缺后补' : wayText(m),
    })),
    clerk: { name: log.find((e) => e.type === 'FILE')?.by.name ?? event.by.name },
    issuingOrg: issuerOf(deps, full, acting.desk, event),
    event: { seq, type: event.type, at: event.at, by: event.by, data: event.data },
    remedies: definition.remedies,
    record: recordOf(
      definition,
      log.map(({ type, data }, i) => ({ step: stepAt(moments[i]), type, data })),
    ),
    certificate: null,
  };
}

/** The day the application first came in counts, whatever was handed in again later; null before. */
function appliedOn(log: LoggedEvent[]): LocalDate | null {
  const filed = log.find((e) => e.type === 'FILE');
  return filed ? (filed.findings?.countsFrom ?? localDate(filed.at)) : null;
}

const wayText = ({ way, waiver }: FullCase['view']['materials'][number]): string =>
  way === 'uploaded' ? '已收' : way === 'committed' ? '告知承诺' : (waiver?.source ?? '免交');

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

/** Every state the case has been in, the first one included, in the version of the item it had then. */
const momentsOf = ({ definitions }: CaseDeps, { row, log }: FullCase): Moment[] =>
  replay((sha) => definitions.pinned(sha).machine, row.definitionSha, row.situation, log);

const stepAt = (moment: Moment | undefined): string =>
  moment ? metaOf(moment.machine, moment.state).step : '';

/** Papers of the village itself: the receipt and the record of a meeting. */
const OF_THE_VILLAGE: EventName[] = ['FILE', 'RECORD_MEETING'];

/**
 * The organ that signs a paper: a village signs its own papers only, it is no organ (B1-10). Anything else done
 * at the counter is signed by the desk the case lay at, or by whoever decides; what the house itself reports of
 * something granted, by whoever granted it.
 */
function issuerOf(
  deps: CaseDeps,
  full: FullCase,
  desk: Desk | null,
  event: LoggedEvent,
): CaseFacts['issuingOrg'] {
  const { villageId, department, situation } = full.row;
  const { definition } = full.pinned;
  const granted = full.log.findLast((e) => e.type === 'APPROVE' && e.seq < event.seq)?.by.org;
  const decision = definition.steps.find(
    (s) => s.kind === 'decide' && !leftOut(definition, s).includes(situation),
  );
  const at = (wanted: Desk | null | undefined) =>
    wanted ? deps.orgs.deskOrg(wanted, villageId, department) : undefined;
  const organs = [
    event.by.org ?? (event.by.kind === 'system' ? granted : undefined),
    at(desk)?.id,
    granted,
    at(decision && deskOfStep(decision))?.id,
    at({ at: 'county', role: 'officer' })?.id,
  ];
  const signs = organs.find(
    (id) => id !== undefined && (deps.orgs.get(id).kind !== 'village' || OF_THE_VILLAGE.includes(event.type)),
  );
  return deps.orgs.issuer(signs as string, department);
}

/** The notice of the case as of an event: what it shows, until when, and how objections to it ended. */
function noticeOf(
  deps: CaseDeps,
  full: FullCase,
  log: LoggedEvent[],
  moments: Moment[],
  form: Record<string, unknown>,
): NoticeFacts | null {
  const posted = log.findLastIndex((e) => e.type === 'POST');
  const before = log[posted];
  const ledger = lastClock((moments.at(-1) as Moment).state, 'posting');
  if (!before || !ledger) return null;
  const { definition } = full.pinned;
  const at = stepAt(moments[posted]);
  const step = definition.steps.find((s): s is PostStep => s.kind === 'post' && s.id === at);
  const until = deriveDue(ledger, deps.calendar()).due ?? ledger.endedOn;
  if (!step || until === undefined) return null;
  const since = log.slice(posted);
  const { villageId, department } = full.row;
  const boardName = (level: Level): string =>
    deps.orgs.deskOrg({ at: level, role: 'window' }, villageId, department).name;
  return {
    title: `${definition.title}：${step.title ?? '公示'}`,
    boardName: [step.board, ...(step.also ?? [])].map(boardName).join('、'),
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
