import type { Knex } from 'knex';
import { invalid, notAllowed, notFound } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { localDate } from '../../kernel/time.ts';
import { auditBy, recordAudit } from '../../platform/audit/index.ts';
import { type Trx, transact } from '../../platform/db/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import { doesCaseWork, type SignedIn } from '../accounts/index.ts';
import { identify, normaliseName } from './rules.ts';
import * as store from './store.ts';

export type CitizenDeps = Pick<PlatformDeps, 'db' | 'clock' | 'random' | 'vault'>;

/** Who somebody says they are, as the form has it. */
export interface CitizenFacts {
  name: string;
  /** One of ID_TYPES. */
  idType: string;
  idNumber: string;
  phone?: string;
}

function soundIdentity(deps: Pick<CitizenDeps, 'clock'>, idType: string, idNumber: string) {
  const identity = identify(idType, idNumber, localDate(deps.clock.now()));
  if ('fault' in identity) {
    const pointer = identity.fault === 'type' ? '/idType' : '/idNumber';
    throw invalid([{ pointer, message: identity.message, code: identity.fault }]);
  }
  return identity;
}

/**
 * Enters a citizen, or brings name and telephone up to date; one citizen per number. A changed name is
 * written to the audit log, without the name.
 * @throws AppError 422 at `/idType`, `/idNumber` or `/name`
 */
export async function upsertCitizen(
  trx: Trx,
  deps: Omit<CitizenDeps, 'db'>,
  facts: CitizenFacts,
): Promise<store.Citizen> {
  const { kind, number, birth, sex } = soundIdentity(deps, facts.idType, facts.idNumber);
  const name = normaliseName(facts.name);
  if (name === '') throw invalid([{ pointer: '/name', message: '请填写姓名', code: 'required' }]);
  const now = deps.clock.now();
  const fresh: store.Citizen = {
    id: newId(now, deps.random),
    name,
    idKind: kind,
    idNumber: number,
    birth,
    sex,
    phone: facts.phone ?? null,
    createdAt: now,
    updatedAt: now,
  };
  const known = await store.findByNumber(trx, deps.vault, kind, number);
  if (known) return bringUpToDate(trx, deps, known, fresh);
  await store.insertCitizen(trx, deps.vault, fresh);
  const entered = await store.findByNumber(trx, deps.vault, kind, number);
  if (!entered) throw new Error('a citizen just entered cannot be found');
  return entered.id === fresh.id ? entered : bringUpToDate(trx, deps, entered, fresh);
}

async function bringUpToDate(
  trx: Trx,
  deps: Omit<CitizenDeps, 'db'>,
  known: store.Citizen,
  fresh: store.Citizen,
): Promise<store.Citizen> {
  const phone = fresh.phone ?? known.phone;
  if (known.name === fresh.name && known.phone === phone) return known;
  const citizen = { ...known, name: fresh.name, phone, updatedAt: fresh.updatedAt };
  await store.saveCitizen(trx, deps.vault, citizen);
  if (known.name !== fresh.name) {
    await recordAudit(trx, {
      at: fresh.updatedAt,
      actor: null,
      act: 'citizen.rename',
      subject: known.id,
      detail: {},
    });
  }
  return citizen;
}

/**
 * The citizen with exactly this number, for whoever does case work; the look-up is audited, found or not, and opens
 * the citizen's page for the rest of the day.
 * @throws AppError 403 not_allowed; 404 citizen.not_found; 422 at `/idNumber` or `/idType`
 */
export async function findByIdNumber(
  deps: CitizenDeps,
  who: SignedIn,
  idNumber: string,
  idType = '居民身份证',
): Promise<store.Citizen> {
  if (!doesCaseWork(who)) throw notAllowed();
  const { kind, number } = soundIdentity(deps, idType, idNumber);
  const citizen = await store.findByNumber(deps.db.read, deps.vault, kind, number);
  await transact(deps.db, async (trx) => {
    await auditBy(trx, deps, who, 'citizen.look-up', citizen?.id ?? null, { found: citizen !== undefined });
    if (citizen) await store.rememberLookUp(trx, who.accountId, citizen.id, localDate(deps.clock.now()));
  });
  if (!citizen) throw notFound('citizen.not_found');
  return citizen;
}

/** The citizens of these ids; who may ask for them is decided by who has the ids. */
export const citizensById = (
  deps: Pick<CitizenDeps, 'db' | 'vault'>,
  ids: readonly string[],
): Promise<store.Citizen[]> => store.listByIds(deps.db.read, deps.vault, ids);

/** The id of the citizen with this number, and nothing else; null when the number is not sound or not known. */
export async function citizenIdOf(
  db: Knex,
  deps: Pick<CitizenDeps, 'clock' | 'vault'>,
  { idType = '', idNumber = '' }: { idType?: string; idNumber?: string },
): Promise<string | null> {
  const identity = identify(idType, idNumber, localDate(deps.clock.now()));
  if ('fault' in identity) return null;
  return (await store.findByNumber(db, deps.vault, identity.kind, identity.number))?.id ?? null;
}

/** Did this person look the citizen up by number today? */
export const lookedUpToday = async (
  deps: Pick<CitizenDeps, 'db' | 'clock'>,
  who: SignedIn,
  citizenId: string,
): Promise<boolean> =>
  (await store.findLookUp(deps.db.read, who.accountId, citizenId)) === localDate(deps.clock.now());
