/** Every branch of every item: the papers and messages it asks for can be made of what the case knows by then. */
import { expect } from 'chai';
import messages from '../../../data/messages.json' with { type: 'json' };
import { textOf } from '../../../src/channels/sms/rules.ts';
import { dataFor, examplesOf, OPENING, stageOf } from '../../../src/cli/rehearse/runs.ts';
import { rungsOf } from '../../../src/kernel/deadline.ts';
import { localDate } from '../../../src/kernel/time.ts';
import type { Instant } from '../../../src/kernel/types.ts';
import { transact } from '../../../src/platform/db/index.ts';
import type { Pinned } from '../../../src/platform/definitions/index.ts';
import { type FullCase, factsAt } from '../../../src/station/cases/index.ts';
import { messageWords } from '../../../src/station/message-words.ts';
import { type PaperDeps, preparePaper } from '../../../src/station/papers/index.ts';
import { advance, metaOf, start } from '../../../src/workflow/advance.ts';
import { type Branch, branches, branchKey } from '../../../src/workflow/branches.ts';
import { factData } from '../../../src/workflow/clocks.ts';
import { deskFor, isFact } from '../../../src/workflow/desks.ts';
import type { Stage } from '../../../src/workflow/simulate.ts';
import type { CaseEvent, CaseState, Effect, EventName } from '../../../src/workflow/types.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type House, openHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';

const VILLAGE = '532628103201';
const HOUSE = { kind: 'system', id: 'system', name: '系统' } as const;
const TAKEN_BACK = new Error('taken back');
const templates: Record<string, string> = messages.templates;

/** A case on paper: its log, and what its last event asks for. */
interface Told {
  log: CaseEvent[];
  state: CaseState;
  effects: Effect[];
}

describe('every branch of every item can print and tell what it asks for', function () {
  this.timeout(600_000);
  let opened: Opened;
  let house: House;
  let deps: PaperDeps;
  let caseId: string;
  before(async () => {
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    deps = { ...house.service.deps, publicUrl: 'https://cunban.example' };
    caseId = (await openCase(house, 'WJ-01')).id;
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const take = (stage: Stage, told: Told, event: CaseEvent): Told => ({
    log: [...told.log, event],
    ...advance(stage.machine, told.state, event),
  });

  /** What a fact says: the clock that ran out first, or another item. */
  function saidBy(stage: Stage, { state }: Told, event: EventName): Record<string, unknown> {
    const [first] = state.clocks
      .filter((c) => c.onDue === event)
      .flatMap((c) => rungsOf(c, stage.calendar).map((r) => ({ ...r, clock: c })))
      .filter((r) => r.rung === 'due')
      .sort((a, b) => a.firesAt.localeCompare(b.firesAt));
    return first ? factData(first.clock) : { says: '另一事项已经办结。' };
  }

  /** The way of a branch, told again with everything its events carry. */
  function tell(stage: Stage, pinned: Pinned, form: object, { path, play }: Branch): Told {
    const acts = path.filter((move) => !isFact(move.event));
    let told: Told = { log: [], state: start(stage.machine, stage.situation), effects: [] };
    for (const { event, at } of play.lines)
      told = take(
        stage,
        told,
        isFact(event)
          ? { type: event, at, by: HOUSE, data: saidBy(stage, told, event) }
          : actOf(stage, pinned, form, told, { event, at, says: acts.shift()?.says ?? {} }),
      );
    return told;
  }

  function actOf(
    stage: Stage,
    pinned: Pinned,
    form: object,
    { state }: Told,
    { event, at, says }: { event: EventName; at: Instant; says: object },
  ): CaseEvent {
    const { parts } = state.context;
    const part = Object.keys(parts).find((p) => parts[p] === 'open');
    const desk = deskFor(event, metaOf(stage.machine, state), part);
    const { department } = pinned.definition;
    const org = desk && house.service.deps.orgs.deskOrg(desk, VILLAGE, department).id;
    const handsIn = event === 'FILE' || event === 'RESUBMIT';
    return {
      type: event,
      at,
      by: { kind: 'account', id: 'a', name: '经办人', ...(desk && { role: desk.role, org: org as string }) },
      data: {
        ...dataFor(pinned)(event, state),
        ...says,
        ...(event === 'GIVE_OPINION' && { part }),
        ...(handsIn && { form }),
      },
      ...(handsIn && { routes: stage.routes, findings: { ...stage.findings, countsFrom: localDate(at) } }),
    };
  }

  /** What cannot be made, in words; nothing when all can. */
  async function faultsOf(pinned: Pinned, stage: Stage, form: object, told: Told): Promise<string[]> {
    const { definition, sha256 } = pinned;
    const full = {
      row: {
        id: caseId,
        number: '532628103201-20260928-XX01-000001',
        definitionSha: sha256,
        situation: stage.situation,
        villageId: VILLAGE,
        department: definition.department,
        form,
      },
      pinned,
      log: told.log.map((e, i) => ({ ...e, seq: i + 1, hash: '', prevHash: '' })),
      view: { situationTitle: stage.situation, materials: [] },
    } as unknown as FullCase;
    const facts = factsAt(house.service.deps, full, told.log.length);
    const certificate = { title: '证照', number: '1', expiresOn: null };
    const words = messageWords(facts);
    const faults: string[] = [];
    for (const effect of told.effects)
      try {
        if (effect.type === 'message') textOf(templates[effect.template] as string, words);
        if (effect.type === 'paper')
          await transact(deps.db, async (trx) => {
            await preparePaper(trx, deps, { ...facts, certificate }, effect.paper);
            throw TAKEN_BACK;
          });
      } catch (error) {
        if (error !== TAKEN_BACK) faults.push(`${JSON.stringify(effect)}: ${(error as Error).message}`);
      }
    return faults;
  }

  it('on every way that examples open', async () => {
    const { definitions } = house.service.deps;
    const faults: string[] = [];
    let looked = 0;
    for (const { code, situations, materials } of definitions.list()) {
      const pinned = definitions.get(code);
      for (const { id } of situations) {
        const known = new Set<string>();
        const owes = materials.some((m) => m.tolerable) ? [false, true] : [false];
        for (const form of examplesOf(pinned, id))
          for (const owing of owes) {
            const stage = stageOf(definitions, pinned, id, form, owing);
            for (const branch of branches(stage, OPENING, dataFor(pinned), known)) {
              known.add(branchKey(stage, branch.state, branch.move));
              const told = tell(stage, pinned, form, branch);
              looked += told.effects.length;
              for (const fault of await faultsOf(pinned, stage, form, told))
                faults.push(`${code} ${id} ${branch.state} ${branch.move.event}: ${fault}`);
            }
          }
      }
    }
    expect(faults).to.deep.equal([]);
    expect(looked).to.be.greaterThan(1000);
  });
});
