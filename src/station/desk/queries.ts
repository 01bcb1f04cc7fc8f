import { notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { holds, type SignedIn } from '../../people/accounts/index.ts';
import { auditAlone } from '../../platform/audit/index.ts';
import { metaOf } from '../../workflow/advance.ts';
import type { CaseState } from '../../workflow/types.ts';
import { type BagView, handedOutOn, linesInBox, listIncomingBags, villageFor } from '../cash/index.ts';
import { listIncoming, listReady } from '../certificates/index.ts';
import { listUnserved } from '../papers/index.ts';
import { periodsTitle } from '../payouts/index.ts';
import { personKey } from '../persons.ts';
import { groupIn, inOrder, isLastFour, meant } from './rules.ts';
import * as store from './store.ts';
import type { DeskDeps, DeskItem, DeskPerson, DeskView, ListLine } from './types.ts';

const PAGE = 20;

/** An item before it is known whose it is. */
type Loose = DeskItem & { person?: { key: string; name: string; idNumber: string } };

/** Everything that lies ready in a village, by person. */
async function gather(deps: DeskDeps, villageId: string): Promise<DeskPerson[]> {
  const loose = [...(await ofCases(deps, villageId)), ...(await ofBox(deps, villageId))];
  const applicants = await store.listApplicants(
    deps.db.read,
    deps.vault,
    loose.filter((i) => i.person === undefined).map((i) => i.caseId),
  );
  const people = new Map<string, DeskPerson>();
  for (const { person, ...item } of loose) {
    const whose = person ?? ofApplicant(deps, applicants.get(item.caseId));
    if (!whose) continue;
    const known = people.get(whose.key) ?? { ...whose, items: [] };
    known.items.push(item);
    people.set(whose.key, known);
  }
  return inOrder([...people.values()]);
}

const ofApplicant = (deps: DeskDeps, applicant: store.Applicant | undefined) =>
  applicant && {
    key: personKey(deps.vault, applicant.idNumber),
    name: applicant.name,
    idNumber: applicant.idNumber,
  };

/** Cases that wait to be collected with their certificates, other certificates, papers to be served. */
async function ofCases(deps: DeskDeps, villageId: string): Promise<Loose[]> {
  const collecting = (await store.listDecided(deps.db.read, villageId)).filter(
    (c) =>
      metaOf(deps.definitions.pinned(c.definitionSha).machine, JSON.parse(c.snapshot) as CaseState).kind ===
      'collect',
  );
  const ids = new Set(collecting.map((c) => c.id));
  const ready = await listReady(deps, villageId);
  const plain = { amount: null, until: null, overdue: false };
  const cases = collecting.map((c): Loose => {
    const certificates = ready.filter((k) => k.caseId === c.id).map((k) => `${k.title} ${k.number}`);
    const title = [c.itemTitle, ...certificates].join('：');
    return { ...plain, kind: 'case', id: c.id, caseId: c.id, title, number: c.number };
  });
  const certificates = ready
    .filter((k) => !ids.has(k.caseId))
    .map((k): Loose => {
      const { id, caseId, title, number } = k;
      return { ...plain, kind: 'certificate', id, caseId, title, number };
    });
  // What a collection hands over anyway, the decision, is not asked for twice.
  const papers = (await listUnserved(deps, villageId))
    .filter((p) => !ids.has(p.caseId))
    .map((p): Loose => {
      const { paperId, caseId, title, paperNumber, dueOn, overdue } = p;
      return {
        kind: 'paper',
        id: paperId,
        caseId,
        title,
        number: paperNumber,
        amount: null,
        until: dueOn,
        overdue,
      };
    });
  return [...cases, ...certificates, ...papers];
}

async function ofBox(deps: DeskDeps, villageId: string): Promise<Loose[]> {
  const today = localDate(deps.clock.now());
  return (await linesInBox(deps, villageId)).map((l) => ({
    kind: 'cash',
    id: l.lineId,
    caseId: l.caseId,
    title: `${l.schemeTitle}（现金） ${periodsTitle(l.periods)}`,
    number: '',
    amount: l.net,
    until: l.until,
    overdue: l.until !== null && l.until < today,
    person: { key: l.person, name: l.name, idNumber: l.idNumber },
  }));
}

export const mayHandOver = (deps: Pick<DeskDeps, 'orgs'>, who: SignedIn, villageId: string): boolean =>
  holds(who, 'clerk', villageId, deps.orgs);

/**
 * A page of the people for whom something lies ready. A look-up by the last four of a number is audited.
 * @throws notAllowed for whoever keeps no desk, notFound for another village
 */
export async function deskView(
  deps: DeskDeps,
  who: SignedIn,
  { village, q = '', page = 1 }: { village?: string; q?: string; page?: number },
): Promise<DeskView> {
  const villageId = villageFor(deps, who, village);
  const found = meant(await gather(deps, villageId), q);
  if (isLastFour(q.trim())) await auditAlone(deps, who, 'desk.look-up', null, { found: found.length });
  return {
    village: { id: villageId, name: deps.orgs.get(villageId).name },
    today: localDate(deps.clock.now()),
    people: found.slice((page - 1) * PAGE, page * PAGE),
    total: found.length,
    page,
    pages: Math.max(1, Math.ceil(found.length / PAGE)),
    mayHandOver: mayHandOver(deps, who, villageId),
  };
}

/** What is on its way to a village. */
export interface Coming {
  bags: BagView[];
  transfers: { id: string; number: string }[];
}

export const coming = async (deps: DeskDeps, villageId: string): Promise<Coming> => ({
  bags: await listIncomingBags(deps, villageId),
  transfers: await listIncoming(deps.db.read, villageId),
});

export interface PersonView {
  village: { id: string; name: string };
  person: DeskPerson;
  /** What this person was handed today. */
  handed: ListLine[];
  mayHandOver: boolean;
}

/** @throws notFound for a person for whom nothing lies here and who was handed nothing today */
export async function personView(
  deps: DeskDeps,
  who: SignedIn,
  key: string,
  village?: string,
): Promise<PersonView> {
  const villageId = villageFor(deps, who, village);
  const ready = (await gather(deps, villageId)).find((p) => p.key === key);
  const handed = (await handedOver(deps, villageId, localDate(deps.clock.now()))).filter(
    (l) => l.key === key,
  );
  const [first] = handed;
  if (!ready && !first) throw notFound('citizen.not_found');
  return {
    village: { id: villageId, name: deps.orgs.get(villageId).name },
    person: ready ?? { key, name: first?.name ?? '', idNumber: '', items: [] },
    handed,
    mayHandOver: mayHandOver(deps, who, villageId),
  };
}

/** What a village handed over on a day: collected, served, paid out in cash; in the order it happened. */
async function handedOver(deps: DeskDeps, villageId: string, day: LocalDate): Promise<ListLine[]> {
  const db = deps.db.read;
  const ofCase = [
    ...(await store.listCollected(db, villageId, day)),
    ...(await store.listServed(db, villageId, day)),
  ];
  const cash = await handedOutOn(deps, villageId, day);
  const caseIds = [...ofCase.map((h) => h.caseId), ...cash.map(({ line }) => line.caseId)];
  const applicants = await store.listApplicants(db, deps.vault, [...new Set(caseIds)]);
  const papers = ofCase.map((h): ListLine => {
    const applicant = applicants.get(h.caseId);
    return {
      key: applicant ? personKey(deps.vault, applicant.idNumber) : '',
      name: applicant?.name ?? '',
      group: groupIn(applicant?.address ?? null),
      title: h.title,
      number: h.number,
      amount: null,
      at: h.at,
      signed: h.way,
      print: h.print,
    };
  });
  const money = cash.map(({ handOut, line, person }): ListLine => {
    const applicant = applicants.get(line.caseId);
    const isOwn = applicant !== undefined && personKey(deps.vault, applicant.idNumber) === person;
    return {
      key: person,
      name: line.name,
      group: isOwn ? groupIn(applicant.address) : '',
      title: `${line.schemeTitle}（现金） ${periodsTitle(line.periods)}`,
      number: handOut.number,
      amount: handOut.amount,
      at: handOut.handed.at,
      signed: handOut.signedBy,
      print: handOut.receipt,
    };
  });
  return [...papers, ...money].sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
}

/** 领取清单: what was handed over on a day and, for today, what still waits. */
export interface DayList {
  village: { id: string; name: string };
  day: LocalDate;
  handed: ListLine[];
  waiting: ListLine[];
}

/** @throws notAllowed, notFound */
export async function dayList(
  deps: DeskDeps,
  who: SignedIn,
  { village, day }: { village?: string; day?: LocalDate },
): Promise<DayList> {
  const villageId = villageFor(deps, who, village);
  const today = localDate(deps.clock.now());
  const on = day ?? today;
  return {
    village: { id: villageId, name: deps.orgs.get(villageId).name },
    day: on,
    handed: await handedOver(deps, villageId, on),
    waiting: on === today ? await waitingLines(deps, villageId) : [],
  };
}

async function waitingLines(deps: DeskDeps, villageId: string): Promise<ListLine[]> {
  const people = await gather(deps, villageId);
  const caseIds = [...new Set(people.flatMap((p) => p.items.map((i) => i.caseId)))];
  const applicants = await store.listApplicants(deps.db.read, deps.vault, caseIds);
  return people.flatMap((p) =>
    p.items.map(({ caseId, title, number, amount }): ListLine => {
      const applicant = applicants.get(caseId);
      const group = applicant?.idNumber === p.idNumber ? groupIn(applicant.address) : '';
      return { key: p.key, name: p.name, group, title, number, amount, at: null, signed: null, print: null };
    }),
  );
}
