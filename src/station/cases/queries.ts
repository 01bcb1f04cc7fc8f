import { conflict, notAllowed } from '../../errors.ts';
import { holds, type SignedIn } from '../../people/accounts/index.ts';
import { possibleEvents } from '../../workflow/advance.ts';
import { deskFor } from '../../workflow/desks.ts';
import { actSchema } from '../../workflow/events.ts';
import type { EventName } from '../../workflow/types.ts';
import { isFillable, type Loaded, loadCase, mayAct, sitsAt, today } from './access.ts';
import { type Claim, claimsOf, type LyingAt } from './claims/index.ts';
import type { Actor, CaseDeps } from './deps.ts';
import { standingsOf } from './filing.ts';
import { type LoggedEvent, listEvents } from './log.ts';
import {
  type CaseView,
  clockStanding,
  clockViews,
  type EventView,
  eventView,
  maskedApplicant,
  materialView,
  openFaults,
} from './present.ts';
import { stepsOf } from './replayed.ts';
import { jointView, keptView, owedView, type Scene } from './situation.ts';
import { listMaterials, type MaterialRow } from './store.ts';

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
  const claims = claimedAt(deps, actor, await claimsOf(deps.db.read, deps.vault, [id]));
  return { ...loaded, log, files, view: viewOf(deps, actor, loaded, { log, files, claims }) };
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

/** A claim as this person sees it, and the desk it holds at. */
type Held = Omit<CaseView['claims'][number], 'orgName'> & LyingAt;

/** What is read beside the case itself. */
interface Beside {
  log: LoggedEvent[];
  files: MaterialRow[];
  claims: Held[];
}

const claimedAt = (deps: CaseDeps, actor: Actor, claims: Claim[]): Held[] =>
  claims.map(({ org, role, name, accountId }) => ({
    org,
    role,
    name,
    isMine: actor.kind === 'account' && actor.who.accountId === accountId,
    isHere: actor.kind === 'account' && holds(actor.who, role, org, deps.orgs),
  }));

/** Another works on it at the desk this act belongs to. */
function isClaimed(deps: CaseDeps, { row, meta }: Loaded, claims: Held[], event: EventName): boolean {
  const desk = deskFor(event, meta);
  if (desk === null) return false;
  const org = deps.orgs.deskOrg(desk, row.villageId, row.department).id;
  return claims.some((k) => k.org === org && k.role === desk.role && !k.isMine);
}

function viewOf(deps: CaseDeps, actor: Actor, loaded: Loaded, { log, files, claims }: Beside): CaseView {
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
      allowed: mayAct(deps, actor, loaded, event, log) && !isClaimed(deps, loaded, claims, event),
    })),
    materials: standingsOf(deps, pinned, row, files, today(deps)).map(materialView),
    claims: claims.map(({ org, ...claim }) => ({ ...claim, orgName: deps.orgs.get(org).name })),
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
