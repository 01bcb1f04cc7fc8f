/**
 * Many cases on their way at once, over HTTP: every act by whoever sits at its desk, every fact by the clock of
 * the whole county. A case that wants an act gets it at once, so the clock only moves when all wait for it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rungsOf } from '../../src/kernel/deadline.ts';
import { localDate } from '../../src/kernel/time.ts';
import type { Instant } from '../../src/kernel/types.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { findCase } from '../../src/station/cases/store.ts';
import { isResting, metaOf, possibleEvents, stateName } from '../../src/workflow/advance.ts';
import { FORWARD, type Move } from '../../src/workflow/branches.ts';
import { deskFor, isFact } from '../../src/workflow/desks.ts';
import { eventNeeds } from '../../src/workflow/events.ts';
import { sampleData } from '../../src/workflow/samples.ts';
import type { Desk, EventName } from '../../src/workflow/types.ts';
import type { House } from '../support/service.ts';
import { bringMaterials, type Walker } from './case.ts';

interface Demo {
  login: string;
  role: string;
  org: string;
}
const { accounts } = JSON.parse(readFileSync(join(projectRoot, 'data', 'demo-accounts.json'), 'utf8')) as {
  accounts: Demo[];
};

/** A case on its way, and what is still to be done with it: a list of moves, or simply the way forward. */
export interface Traveller {
  label: string;
  walk: Walker;
  /** undefined: the way forward until the case rests. */
  moves?: Move[];
  /** On the way forward: stop where this act is possible. */
  until?: EventName;
  /** What went wrong, if anything. */
  failed?: string;
}

/** The county as a test sees it. */
export function county(house: House) {
  const { deps } = house.service;

  const rowOf = async (walk: Walker) => {
    const row = await findCase(deps.db.read, deps.vault, walk.id);
    if (!row) throw new Error(`case ${walk.id} is gone`);
    return { row, pinned: deps.definitions.pinned(row.definitionSha) };
  };

  const loginAt = (desk: Desk, villageId: string, department: string): string => {
    const org = deps.orgs.deskOrg(desk, villageId, department);
    const found = accounts.find((a) => a.role === desk.role && a.org === org.id);
    if (!found) throw new Error(`nobody sits at ${desk.role} of ${org.name}`);
    return found.login;
  };

  /** Whatever the clock of a case reports next, if it waits for one. */
  const nextFact = async (walk: Walker): Promise<Instant | null> => {
    const { row } = await rowOf(walk);
    const times = row.snapshot.clocks
      .filter((c) => c.onDue !== undefined)
      .flatMap((c) => rungsOf(c, deps.calendar()))
      .filter((r) => r.rung === 'due')
      .map((r) => r.firesAt)
      .sort();
    return times[0] ?? null;
  };

  async function object(walk: Walker): Promise<void> {
    const [notice] = await deps.db.read('notices').where({ case_id: walk.id, state: 'open' });
    const path = `/api/notices/${notice.id}/objections`;
    const sent = await house.stranger().post(path, { text: '与事实不符。' });
    expect(sent.status, JSON.stringify(sent.body)).to.equal(201);
  }

  /** One act, by whoever sits at its desk; false when it is refused for now (a quota, somebody before in line). */
  async function take(walk: Walker, { event, says }: Move): Promise<boolean> {
    if (event === 'OBJECT') {
      await object(walk);
      return true;
    }
    const { row, pinned } = await rowOf(walk);
    const meta = metaOf(pinned.machine, row.snapshot);
    const open = Object.entries(row.snapshot.context.parts).find(([, standing]) => standing === 'open')?.[0];
    const desk = deskFor(event, meta, open);
    if (!desk) throw new Error(`${event} belongs to nobody in ${meta.title}`);
    const needs = eventNeeds(pinned.definition, meta, event);
    const sample = sampleData(event, needs, localDate(deps.clock.now()));
    const [objection] = await deps.db.read('objections').where({ case_id: walk.id, state: 'open' });
    const clerk = await house.as('village');
    if (event === 'SUPPLY') await bringMaterials(clerk, await walk.reload('village'), ['owed']);
    const client = await house.as(loginAt(desk, row.villageId, row.department));
    const list =
      event === 'PAY' ? await client.get<{ total: number }>(`/api/cases/${walk.id}/paylist`) : null;
    const data = {
      ...sample,
      ...(list?.status === 200 && { amount: list.body.total / 100 }),
      ...says,
      ...(event === 'GIVE_OPINION' && { part: open }),
      ...('objectionId' in sample && { objectionId: objection?.id }),
    };
    const body = { event, version: row.version, data };
    const answer = await client.post<{ code?: string }>(`/api/cases/${walk.id}/events`, body);
    if (answer.status === 409 && answer.body.code === 'quota.exhausted') return false;
    expect(answer.status, `${event} by ${desk.at}/${desk.role}: ${JSON.stringify(answer.body)}`).to.equal(
      200,
    );
    return true;
  }

  /** The next thing to do with a case now; null when it rests, is done, or waits for the clock. */
  async function due(one: Traveller): Promise<Move | null> {
    const { row, pinned } = await rowOf(one.walk);
    if (one.moves) return one.moves[0] && !isFact(one.moves[0].event) ? one.moves[0] : null;
    if (isResting(pinned.machine, row.snapshot)) return null;
    const possible = possibleEvents(pinned.machine, row.snapshot);
    if (one.until && possible.includes(one.until)) return null;
    const event = FORWARD.find((e) => possible.includes(e) && e !== 'RESUBMIT');
    return event ? { event } : null;
  }

  const versionsOf = async (travellers: Traveller[]): Promise<Map<string, number>> =>
    new Map(
      (await deps.db.read('cases').select('id', 'version'))
        .filter((c: { id: string }) => travellers.some((t) => t.walk.id === c.id))
        .map((c: { id: string; version: number }) => [c.id, c.version]),
    );
  /** The version in which a case was last found to want nothing now; it is asked again when it has moved. */
  const settled = new Map<string, number>();

  /** Everything that can be done without the clock moving; true when anything was. */
  async function round(travellers: Traveller[]): Promise<boolean> {
    let moved = false;
    const versions = await versionsOf(travellers);
    const restless = travellers.filter(
      (t) => t.failed === undefined && settled.get(t.walk.id) !== versions.get(t.walk.id),
    );
    for (const one of restless) {
      try {
        let next = await due(one);
        for (; next; next = await due(one)) {
          if (!(await take(one.walk, next))) break;
          one.moves?.shift();
          moved = true;
        }
        if (!next) settled.set(one.walk.id, (await rowOf(one.walk)).row.version);
      } catch (error) {
        const { row } = await rowOf(one.walk);
        one.failed = `${stateName(row.snapshot)}: ${(error as Error).message}`;
      }
    }
    return moved;
  }

  const waits = async (one: Traveller): Promise<boolean> => {
    if (one.failed !== undefined) return false;
    if (one.moves) return one.moves.length > 0;
    const { row, pinned } = await rowOf(one.walk);
    if (one.until && possibleEvents(pinned.machine, row.snapshot).includes(one.until)) return false;
    return !isResting(pinned.machine, row.snapshot);
  };

  /** Let the county work until every case is where it should be; @throws when some wait for nothing. */
  async function work(travellers: Traveller[]): Promise<void> {
    const facts = new Map<string, { version: number | undefined; at: Instant | null }>();
    for (let rounds = 0; rounds < 400; rounds++) {
      while (await round(travellers));
      const versions = await versionsOf(travellers);
      const waiting: { one: Traveller; at: Instant }[] = [];
      for (const one of travellers) {
        const version = versions.get(one.walk.id);
        const known = facts.get(one.walk.id);
        const fact =
          known?.version === version && known
            ? known
            : { version, at: (await waits(one)) ? await nextFact(one.walk) : 'rests' };
        facts.set(one.walk.id, fact as { version: number; at: Instant | null });
        if (fact.at === 'rests' || one.failed !== undefined || one.moves?.length === 0) continue;
        if (fact.at === null) one.failed = 'waits for nothing';
        else waiting.push({ one, at: fact.at });
      }
      const first = waiting.map((w) => w.at).sort()[0];
      if (first === undefined) return;
      // The clock runs on while it is asked: a second later is never backwards.
      const soon = new Date(Date.parse(deps.clock.now()) + 1000).toISOString();
      await house.at(first > soon ? first : soon);
      for (const { one, at } of waiting)
        if (at <= deps.clock.now() && one.moves?.[0] && isFact(one.moves[0].event)) {
          one.moves.shift();
          settled.delete(one.walk.id);
        }
    }
    throw new Error('the county never comes to rest');
  }

  /** Names of effects that were not carried out. */
  const stuck = async (): Promise<string[]> =>
    (await deps.db.read('outbox').whereNot({ state: 'done' })).map(
      (o: { case_id: string; effect: string; error: string }) => `${o.case_id} ${o.effect}: ${o.error}`,
    );

  return { work, take, rowOf, stuck };
}
