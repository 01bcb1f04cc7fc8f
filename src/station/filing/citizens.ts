/** Whom a clerk has before him, and what the village knows of him. */

import { AppError } from '../../errors.ts';
import { maskId, maskPhone } from '../../kernel/mask.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { type Citizen, citizensById, findByIdNumber, normaliseName } from '../../people/citizens/index.ts';
import { auditAlone } from '../../platform/audit/index.ts';
import { metaOf } from '../../workflow/advance.ts';
import {
  type CaseDeps,
  clerkVillages,
  type DraftLine,
  draftsOfCitizen,
  openCitizen,
} from '../cases/index.ts';
import { personKey } from '../persons.ts';
import { type Meant, meantBy } from './rules.ts';
import * as store from './store.ts';

/** A line of what was found: enough to tell two of the same name apart. */
export interface CitizenLine {
  id: string;
  name: string;
  /** Masked. */
  idNumber: string;
  sex: '男' | '女' | null;
  age: number | null;
  /** Village and item of the last filing at the clerk's villages; null for somebody new here. */
  last: { village: string; itemTitle: string; on: LocalDate } | null;
}

export interface FoundCitizens {
  by: Meant['by'];
  people: CitizenLine[];
  /** There are more than are shown. */
  isMore: boolean;
  /** Why nothing could be looked for. */
  says: string | null;
}

const MOST = 20;

/**
 * By a full number anybody, by name or initials only who handed something in at a village this clerk files for: the
 * county is not browsed. Each search is written down, without what was typed.
 * @throws notAllowed `case.not_clerk`
 */
export async function searchCitizens(deps: CaseDeps, who: SignedIn, typed: string): Promise<FoundCitizens> {
  const villages = clerkVillages(deps, who);
  const meant = meantBy(typed);
  if (meant.by === 'nothing') return { by: meant.by, people: [], isMore: false, says: meant.says };
  if (meant.by === 'number') return byNumber(deps, who, villages, meant);
  const by =
    meant.by === 'name'
      ? { name: normaliseName(meant.name) }
      : { initials: meant.initials, name: meant.initials.toUpperCase() };
  const ids = await store.findInVillages(deps.db.read, villages, by, MOST + 1);
  await auditAlone(deps, who, 'citizen.search', null, { by: meant.by, found: Math.min(ids.length, MOST) });
  const people = await linesOf(deps, villages, ids.slice(0, MOST));
  return { by: meant.by, people, isMore: ids.length > MOST, says: null };
}

async function byNumber(
  deps: CaseDeps,
  who: SignedIn,
  villages: readonly string[],
  { idType, idNumber }: { idType: string; idNumber: string },
): Promise<FoundCitizens> {
  const none = { by: 'number' as const, people: [], isMore: false };
  try {
    const { id } = await findByIdNumber(deps, who, idNumber, idType);
    return { ...none, people: await linesOf(deps, villages, [id]), says: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'citizen.not_found') return { ...none, says: null };
    if (error.status !== 422) throw error;
    return { ...none, by: 'nothing', says: error.faults?.[0]?.message ?? '证件号码不对' };
  }
}

async function linesOf(
  deps: CaseDeps,
  villages: readonly string[],
  ids: readonly string[],
): Promise<CitizenLine[]> {
  const citizens = new Map((await citizensById(deps, ids)).map((c) => [c.id, c]));
  const last = await store.lastCases(deps.db.read, villages, ids);
  return ids.flatMap((id) => {
    const citizen = citizens.get(id);
    return citizen ? [lineOf(deps, citizen, last.get(id))] : [];
  });
}

function lineOf(deps: CaseDeps, citizen: Citizen, last: store.LastCase | undefined): CitizenLine {
  const { id, name, idNumber, sex, birth } = citizen;
  return {
    id,
    name,
    idNumber: maskId(idNumber),
    sex,
    age: birth === null ? null : ageOn(birth, localDate(deps.clock.now())),
    last: last
      ? {
          village: deps.orgs.get(last.villageId).name,
          itemTitle: last.itemTitle,
          on: localDate(last.receivedAt),
        }
      : null,
  };
}

/** Full years. */
const ageOn = (birth: LocalDate, on: LocalDate): number =>
  Number(on.slice(0, 4)) - Number(birth.slice(0, 4)) - (on.slice(5) < birth.slice(5) ? 1 : 0);

/** One thing a citizen handed in. */
export interface CitizenCase {
  id: string;
  number: string;
  item: string;
  itemTitle: string;
  situation: string;
  stateTitle: string;
  phase: string;
  on: LocalDate;
  due: LocalDate | null;
  isOpen: boolean;
  /** Decided, and lying at the village's own desk. */
  isReady: boolean;
}

export interface CitizenDesk extends CitizenLine {
  /** Masked; null: none known here. */
  phone: string | null;
  /** How the hand-over desk names him. */
  key: string;
  cases: CitizenCase[];
  drafts: DraftLine[];
}

/** A citizen's page at the filing desk. @throws notFound `citizen.not_found`, notAllowed `case.not_clerk` */
export async function citizenDesk(deps: CaseDeps, who: SignedIn, id: string): Promise<CitizenDesk> {
  const { citizen, earlier, isKnownHere } = await openCitizen(deps, who, id);
  const [last] = earlier;
  const line = lineOf(
    deps,
    citizen,
    last && { ...last, citizenId: id, receivedAt: last.receivedAt ?? last.openedAt },
  );
  const cases = earlier.map((row): CitizenCase => {
    const { machine } = deps.definitions.pinned(row.definitionSha);
    const meta = metaOf(machine, row.snapshot);
    return {
      id: row.id,
      number: row.number ?? '',
      item: row.itemCode,
      itemTitle: row.itemTitle,
      situation: row.situation,
      stateTitle: meta.title,
      phase: row.phase,
      on: localDate(row.receivedAt ?? row.openedAt),
      due: row.nextDue,
      isOpen: row.phase !== 'closed',
      isReady: meta.kind === 'collect',
    };
  });
  return {
    ...line,
    phone: isKnownHere && citizen.phone !== null ? maskPhone(citizen.phone) : null,
    key: personKey(deps.vault, citizen.idNumber),
    cases,
    drafts: await draftsOfCitizen(deps, who, citizen.idNumber),
  };
}
