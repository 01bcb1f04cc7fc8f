import { conflict, notAllowed, notFound } from '../../errors.ts';
import { standingOf } from '../../kernel/deadline.ts';
import { deskOrgs, type SignedIn, visibleScopes } from '../../people/accounts/index.ts';
import { metaOf, possibleEvents } from '../../workflow/advance.ts';
import { actSchema } from '../../workflow/events.ts';
import type { CaseState } from '../../workflow/types.ts';
import { type Loaded, loadCase, mayAct, sitsAt, today } from './access.ts';
import type { Actor, CaseDeps } from './deps.ts';
import { standingsOf } from './filing.ts';
import { type LoggedEvent, listEvents } from './log.ts';
import {
  type CaseView,
  clockViews,
  type EventView,
  eventView,
  maskedApplicant,
  materialView,
  openFaults,
} from './present.ts';
import { applicantOf } from './rules.ts';
import { type CaseLine, type Query, searchCases } from './search.ts';
import { findCaseByNumber, listMaterials, type MaterialRow, type Phase } from './store.ts';

/** A case with everything a page or a command needs to know about it. */
export interface FullCase extends Loaded {
  view: CaseView;
  log: LoggedEvent[];
  files: MaterialRow[];
}

/** @throws notFound `case.not_found` also when it is there but not this person's to see */
export async function getCase(deps: CaseDeps, actor: Actor, id: string): Promise<FullCase> {
  const loaded = await loadCase(deps.db.read, deps, actor, id);
  const log = await listEvents(deps.db.read, deps.vault, id);
  const files = await listMaterials(deps.db.read, id);
  return { ...loaded, log, files, view: viewOf(deps, actor, loaded, log, files) };
}

/**
 * A case whose form is open, for the clerk who may fill it in now: a draft, or one sent back to the counter.
 * @throws notFound, notAllowed `case.not_clerk`, conflict `case.not_editable`
 */
export async function getEditable(deps: CaseDeps, who: SignedIn, id: string): Promise<FullCase> {
  const actor = { kind: 'account', who } as const;
  const full = await getCase(deps, actor, id);
  if (!sitsAt(deps, actor, full.row, { at: 'village', role: 'clerk' })) throw notAllowed('case.not_clerk');
  if (!full.meta.applicant)
    throw conflict('case.not_editable', { state: full.row.state, stateTitle: full.meta.title });
  return full;
}

function viewOf(
  deps: CaseDeps,
  actor: Actor,
  loaded: Loaded,
  log: LoggedEvent[],
  files: MaterialRow[],
): CaseView {
  const { row, pinned, meta } = loaded;
  const { definition, machine } = pinned;
  const { context } = row.snapshot;
  const desk = meta.desk && deps.orgs.deskOrg(meta.desk, row.villageId, row.department);
  return {
    id: row.id,
    number: row.number,
    item: row.itemCode,
    itemTitle: row.itemTitle,
    situation: row.situation,
    situationTitle: definition.situations.find((s) => s.id === row.situation)?.title ?? row.situation,
    version: row.version,
    state: row.state,
    stateTitle: meta.title,
    phase: row.phase,
    outcome: row.outcome,
    village: { id: row.villageId, name: deps.orgs.get(row.villageId).name },
    applicant: maskedApplicant(row),
    holder: meta.desk && desk && { at: meta.desk.at, role: meta.desk.role, org: desk.id, orgName: desk.name },
    dates: {
      opened: row.openedAt,
      received: row.receivedAt,
      accepted: row.acceptedOn,
      deemed: context.deemed,
      decided: row.decidedAt,
      closed: row.closedAt,
    },
    clocks: clockViews(definition, row.snapshot, today(deps), deps.calendar()),
    possible: possibleEvents(machine, row.snapshot).map((event) => ({
      event,
      title: actSchema(definition, meta, event).title,
      allowed: mayAct(deps, actor, loaded, event, log),
    })),
    materials: standingsOf(deps, pinned, row, files, today(deps)).map(materialView),
    faults: openFaults(meta, log),
  };
}

export async function caseLog(deps: CaseDeps, actor: Actor, id: string): Promise<EventView[]> {
  return (await getCase(deps, actor, id)).log.map(eventView);
}

/** A line of a list, with its light and the title of its state. */
export interface ListedCase extends Omit<CaseLine, 'snapshot' | 'definitionSha'> {
  stateTitle: string;
  light: ReturnType<typeof standingOf>['light'] | null;
  remaining: number | null;
  provisional: boolean;
}

function listed(deps: CaseDeps, line: CaseLine): ListedCase {
  const { snapshot, definitionSha, ...rest } = line;
  const state = JSON.parse(snapshot) as CaseState;
  const { machine } = deps.definitions.pinned(definitionSha);
  const running = state.clocks
    .filter((c) => c.endedOn === undefined)
    .map((c) => standingOf(c, today(deps), deps.calendar()))
    .filter((s) => s.due !== null)
    .sort((a, b) => (a.due as string).localeCompare(b.due as string));
  const urgent = running[0];
  return {
    ...rest,
    stateTitle: metaOf(machine, state).title,
    nextDue: urgent?.due ?? null,
    light: urgent?.light ?? null,
    remaining: urgent?.remaining ?? null,
    provisional: urgent?.provisional ?? false,
  };
}

export interface ListInput {
  item?: string;
  phase?: Phase;
  text?: string;
  after?: string;
  limit?: number;
}

const PAGE = 20;

async function page(deps: CaseDeps, query: Omit<Query, 'limit'>, limit = PAGE) {
  const { lines, next } = await searchCases(deps.db.read, { ...query, limit });
  return { cases: lines.map((line) => listed(deps, line)), next };
}

/** Every case somebody may see, most urgent first; keyset pages. */
export async function listCases(
  deps: CaseDeps,
  who: SignedIn,
  { limit, ...query }: ListInput,
): Promise<{ cases: ListedCase[]; next: string | null }> {
  const scopes = visibleScopes(who, deps.orgs);
  return page(deps, { scopes, desks: deskOrgs(who, deps.orgs), ...query }, limit);
}

/** The cases lying on somebody's desks: what is to be done, most urgent first. */
export async function inbox(
  deps: CaseDeps,
  who: SignedIn,
  { limit, ...query }: ListInput,
): Promise<{ cases: ListedCase[]; next: string | null }> {
  return page(deps, { scopes: [], desks: deskOrgs(who, deps.orgs), ...query }, limit);
}

/** What the public may know of a case: where it stands, never what is in it. */
export interface Progress {
  number: string;
  itemTitle: string;
  stateTitle: string;
  phase: Phase;
  outcome: string | null;
  holder: string | null;
  received: string | null;
  accepted: string | null;
  promisedDue: string | null;
  provisional: boolean;
  steps: { title: string; at: string }[];
}

/**
 * Progress by case number and the last four characters of the applicant's identity number.
 * @throws notFound `case.not_found`: the same answer whether the number or the four characters are wrong
 */
export async function progressOf(deps: CaseDeps, number: string, lastFour: string): Promise<Progress> {
  const found = await findCaseByNumber(deps.db.read, deps.vault, number);
  const id = found ? (applicantOf(found.form).idNumber ?? '') : '';
  if (!found || lastFour.length !== 4 || !id.endsWith(lastFour.toUpperCase()))
    throw notFound('case.not_found');
  const { row, log, view } = await getCase(deps, { kind: 'system' }, found.id);
  const promised = view.clocks.find((c) => c.name === 'promised');
  return {
    number,
    itemTitle: row.itemTitle,
    stateTitle: view.stateTitle,
    phase: row.phase,
    outcome: row.outcome,
    holder: view.holder?.orgName ?? null,
    received: row.receivedAt,
    accepted: row.acceptedOn,
    promisedDue: promised?.due ?? null,
    provisional: promised?.provisional ?? false,
    steps: log.map((e) => ({ title: eventView(e).title, at: e.at })),
  };
}
