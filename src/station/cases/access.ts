import type { Knex } from 'knex';
import { conflict, notAllowed, notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import { type Absent, type Holder, holds, maySee, seatOf } from '../../people/accounts/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Pinned } from '../../platform/definitions/index.ts';
import { metaOf, possibleEvents } from '../../workflow/advance.ts';
import { deskFor, desksOf } from '../../workflow/desks.ts';
import type { ActorRef, Desk, EventName, StateMeta } from '../../workflow/types.ts';
import type { Actor, CaseDeps } from './deps.ts';
import type { LoggedEvent } from './log.ts';
import { needsAnother } from './policy.ts';
import { type CaseRow, findCase } from './store.ts';

/** A case with the definition it is pinned to and the meta of the state it is in. */
export interface Loaded {
  row: CaseRow;
  pinned: Pinned;
  meta: StateMeta;
}

/**
 * Load a case somebody may see. A foreign village's case is not there for them.
 * @throws notFound `case.not_found`
 */
export async function loadCase(db: Trx | Knex, deps: CaseDeps, actor: Actor, id: string): Promise<Loaded> {
  const row = await findCase(db, deps.vault, id);
  if (!row) throw notFound('case.not_found');
  const pinned = deps.definitions.pinned(row.definitionSha);
  if (actor.kind === 'account' && !isVisibleTo(deps, actor.who, row, pinned))
    throw notFound('case.not_found');
  return { row, pinned, meta: metaOf(pinned.machine, row.snapshot) };
}

/** Where a case is filed: all that decides who may see it. */
type Filed = Pick<CaseRow, 'villageId' | 'department'>;

/** Whoever the place or the department lets see it, and every desk it passes: another office in a joint review. */
export const isVisibleTo = (deps: CaseDeps, who: Holder, filed: Filed, pinned: Pinned): boolean =>
  maySee(who, deps.orgs, filed) || foreignDesks(pinned).some((desk) => sits(deps, who, filed, desk));

const foreign = new WeakMap<Pinned, Desk[]>();

/** Desks of an item that stand in another department's office. */
function foreignDesks(pinned: Pinned): Desk[] {
  const known = foreign.get(pinned);
  if (known) return known;
  const desks = allDesks(pinned).filter(
    (d) => d.office !== undefined && d.office !== pinned.definition.department,
  );
  foreign.set(pinned, desks);
  return desks;
}

/** Every desk that a case of an item may lie on, each once. */
export function allDesks({ machine }: Pinned): Desk[] {
  const leaves = Object.values(machine.states).flatMap((s) => Object.values(s.states ?? {}));
  const desks = leaves.flatMap((leaf) => (leaf.meta ? desksOf(leaf.meta) : []));
  return [...new Map(desks.map((d) => [JSON.stringify(d), d])).values()];
}

/** Does somebody sit at this desk of this case? */
export const sitsAt = (deps: CaseDeps, actor: Actor, row: CaseRow, desk: Desk): boolean =>
  actor.kind === 'account' && sits(deps, actor.who, row, desk);

function sits(deps: CaseDeps, who: Holder, { villageId, department }: Filed, desk: Desk): boolean {
  const org = deps.orgs.deskOrg(desk, villageId, department);
  return holds(who, desk.role, org.id, deps.orgs);
}

/** Is the form open: may the file be handed in, for the first time or again? Waiting for the applicant is not enough. */
export const isFillable = ({ row, pinned }: Loaded): boolean =>
  possibleEvents(pinned.machine, row.snapshot).some((e) => e === 'FILE' || e === 'RESUBMIT');

function openParts(deps: CaseDeps, actor: Actor, { row, meta }: Loaded): [part: string, desk: Desk][] {
  const { parts } = row.snapshot.context;
  return Object.entries(meta.parts ?? {}).filter(
    ([part, desk]) => parts[part] === 'open' && sitsAt(deps, actor, row, desk),
  );
}

/** Offices of a joint review that have not answered and for which this actor may. */
export const openPartsFor = (deps: CaseDeps, actor: Actor, loaded: Loaded): string[] =>
  openParts(deps, actor, loaded).map(([part]) => part);

const openDesksFor = (deps: CaseDeps, actor: Actor, loaded: Loaded): Desk[] =>
  openParts(deps, actor, loaded).map(([, desk]) => desk);

/** A run of payments does for the paying desk what it could do by hand. */
const BY_RUN: readonly EventName[] = ['PAY', 'SETTLE', 'BOUNCE'];

/** May this actor do this act on this case now, as far as roles and the second person go? */
export function mayAct(
  deps: CaseDeps,
  actor: Actor,
  loaded: Loaded,
  event: EventName,
  log: LoggedEvent[],
): boolean {
  const desk = deskFor(event, loaded.meta);
  if (desk === null) return actor.kind === 'system';
  if (actor.kind === 'public') return event === 'OBJECT';
  if (actor.kind === 'system') return BY_RUN.includes(event);
  const seats = event === 'GIVE_OPINION' ? openDesksFor(deps, actor, loaded) : [desk];
  return seats.some((seat) => {
    if (!sitsAt(deps, actor, loaded.row, seat)) return false;
    const absent = absentAt(deps, actor, loaded.row, seat);
    const persons = [actor.who.accountId, ...(absent ? [absent.accountId] : [])];
    return !needsAnother(event, desk.at === 'village', persons, log);
  });
}

/** Whom somebody stands in for at this desk; undefined when the post is his own. */
function absentAt(
  deps: CaseDeps,
  actor: Actor,
  { villageId, department }: Filed,
  desk: Desk,
): Absent | undefined {
  if (actor.kind !== 'account') return undefined;
  const org = deps.orgs.deskOrg(desk, villageId, department);
  return seatOf(actor.who, desk.role, org.id, deps.orgs)?.for;
}

/**
 * Refuse an act that is not this actor's to do, naming who may.
 * @throws notAllowed `case.not_allowed`, or conflict when another person must decide
 */
export function requireAct(
  deps: CaseDeps,
  actor: Actor,
  loaded: Loaded,
  event: EventName,
  log: LoggedEvent[],
): void {
  if (mayAct(deps, actor, loaded, event, log)) return;
  const desk = deskFor(event, loaded.meta);
  if (desk && sitsAt(deps, actor, loaded.row, desk)) throw notAllowed('case.second_person');
  throw notAllowed('case.not_allowed', {
    state: loaded.row.state,
    stateTitle: loaded.meta.title,
    ...(desk && {
      mayAct: {
        role: desk.role,
        org: deps.orgs.deskOrg(desk, loaded.row.villageId, loaded.row.department).name,
      },
    }),
  });
}

/** Who the log says did it; of a deputy both names: 李春燕（代何佳慧）. */
export function actorRef(deps: CaseDeps, actor: Actor, row: CaseRow, desk: Desk | null): ActorRef {
  if (actor.kind === 'system') return { kind: 'system', id: 'system', name: '系统' };
  if (actor.kind === 'public') return { kind: 'public', id: 'public', name: '群众' };
  const { accountId, name } = actor.who;
  const absent = desk && absentAt(deps, actor, row, desk);
  return {
    kind: 'account',
    id: accountId,
    name: absent ? `${name}（代${absent.name}）` : name,
    ...(absent && { for: absent.accountId }),
    ...(desk && { org: deps.orgs.deskOrg(desk, row.villageId, row.department).id, role: desk.role }),
  };
}

/** @throws conflict `case.stale_version` when the sender saw another version than the stored one */
export function requireVersion(loaded: Loaded, expected: number | undefined, possible: EventName[]): void {
  if (expected === undefined || expected === loaded.row.version) return;
  throw conflict('case.stale_version', {
    version: loaded.row.version,
    state: loaded.row.state,
    stateTitle: loaded.meta.title,
    possible,
  });
}

export const today = (deps: CaseDeps) => localDate(deps.clock.now());
