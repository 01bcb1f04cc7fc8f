import type { Knex } from 'knex';
import { conflict, notAllowed, notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import { holds, maySee } from '../../people/accounts/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Pinned } from '../../platform/definitions/index.ts';
import { metaOf } from '../../workflow/advance.ts';
import { deskFor } from '../../workflow/desks.ts';
import type { ActorRef, Desk, EventName, StateMeta } from '../../workflow/types.ts';
import type { Actor, CaseDeps } from './deps.ts';
import type { LoggedEvent } from './log.ts';
import { hasWorkedOn, needsSecondPerson } from './policy.ts';
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
  if (!row || !isVisible(deps, actor, row)) throw notFound('case.not_found');
  const pinned = deps.definitions.pinned(row.definitionSha);
  return { row, pinned, meta: metaOf(pinned.machine, row.snapshot) };
}

function isVisible(deps: CaseDeps, actor: Actor, row: CaseRow): boolean {
  if (actor.kind !== 'account') return true;
  return maySee(actor.who, deps.orgs, { villageId: row.villageId, department: row.department });
}

/** Does somebody sit at this desk of this case? */
export function sitsAt(deps: CaseDeps, actor: Actor, row: CaseRow, desk: Desk): boolean {
  if (actor.kind !== 'account') return false;
  const org = deps.orgs.deskOrg(desk, row.villageId, row.department);
  return holds(actor.who, desk.role, org.id, deps.orgs);
}

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
  if (actor.kind === 'system' || !sitsAt(deps, actor, loaded.row, desk)) return false;
  return !(needsSecondPerson(event) && hasWorkedOn(actor.who.accountId, log));
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

/** Who the log says did it. */
export function actorRef(deps: CaseDeps, actor: Actor, row: CaseRow, desk: Desk | null): ActorRef {
  if (actor.kind === 'system') return { kind: 'system', id: 'system', name: '系统' };
  if (actor.kind === 'public') return { kind: 'public', id: 'public', name: '群众' };
  const { accountId, name } = actor.who;
  return {
    kind: 'account',
    id: accountId,
    name,
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
