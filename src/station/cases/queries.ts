import { conflict, notAllowed } from '../../errors.ts';
import type { Instant } from '../../kernel/types.ts';
import { deskOrgs, type SignedIn, visibleScopes } from '../../people/accounts/index.ts';
import { metaOf, possibleEvents } from '../../workflow/advance.ts';
import { actSchema } from '../../workflow/events.ts';
import type { CaseState } from '../../workflow/types.ts';
import { isFillable, type Loaded, loadCase, mayAct, sitsAt, today } from './access.ts';
import type { Actor, CaseDeps } from './deps.ts';
import { standingsOf } from './filing.ts';
import { type LoggedEvent, listEvents } from './log.ts';
import {
  type CaseView,
  type ClockStanding,
  clockStanding,
  clockViews,
  type EventView,
  eventView,
  maskedApplicant,
  materialView,
  openFaults,
} from './present.ts';
import { stepsOf } from './replayed.ts';
import { type CaseLine, type Query, searchCases } from './search.ts';
import { jointView, keptView, owedView, type Scene } from './situation.ts';
import { listMaterials, type MaterialRow, type Phase } from './store.ts';

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
  if (!isFillable(full))
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
  const now = deps.clock.now();
  const calendar = deps.calendar();
  const standing: Scene['standing'] = (ledger) => clockStanding(ledger, now, calendar);
  const scene: Scene = { row, definition, meta, log, files, orgs: deps.orgs, standing };
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
    kind: meta.kind,
    awaitsApplicant: meta.applicant === true,
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
    clocks: clockViews(definition, row.snapshot, now, calendar),
    possible: possibleEvents(machine, row.snapshot).map((event) => ({
      event,
      title: actSchema(definition, meta, event).title,
      allowed: mayAct(deps, actor, loaded, event, log),
    })),
    materials: standingsOf(deps, pinned, row, files, today(deps)).map(materialView),
    faults: openFaults(meta, log),
    joint: jointView(scene),
    owed: owedView(scene),
    kept: keptView(scene),
  };
}

export async function caseLog(deps: CaseDeps, actor: Actor, id: string): Promise<EventView[]> {
  return eventViews(deps, await getCase(deps, actor, id));
}

/** The log as people read it, each event with the step it came in. */
export function eventViews(deps: CaseDeps, full: FullCase): EventView[] {
  const ids = stepsOf(deps, full);
  const { steps } = full.pinned.definition;
  return full.log.map((e, i) => {
    const id = ids[i] as string;
    return eventView(
      e,
      id,
      steps.find((s) => s.id === id),
    );
  });
}

/** A line of a list, with its light and the title of its state. */
export interface ListedCase
  extends Omit<CaseLine, 'snapshot' | 'definitionSha'>,
    Omit<ClockStanding, 'light' | 'due'> {
  stateTitle: string;
  /** null: no clock runs. */
  light: ClockStanding['light'] | null;
}

/** What stands where no clock runs. */
const NO_CLOCK = {
  dueAt: null,
  dueTime: null,
  dueToday: false,
  provisional: false,
  remaining: null,
  hoursLeft: null,
  overdue: 0,
  light: null,
};

function listed(deps: CaseDeps, line: CaseLine, now: Instant): ListedCase {
  const { snapshot, definitionSha, ...rest } = line;
  const state = JSON.parse(snapshot) as CaseState;
  const { machine } = deps.definitions.pinned(definitionSha);
  const running = state.clocks
    .filter((c) => c.endedOn === undefined)
    .map((c) => clockStanding(c, now, deps.calendar()))
    .filter((s) => s.dueAt !== null)
    .sort((a, b) => (a.dueAt as string).localeCompare(b.dueAt as string));
  const { due = null, ...clock } = running[0] ?? {};
  return { ...rest, stateTitle: metaOf(machine, state).title, ...NO_CLOCK, ...clock, nextDue: due };
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
  const now = deps.clock.now();
  return { cases: lines.map((line) => listed(deps, line, now)), next };
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
