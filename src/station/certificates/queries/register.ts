import { notAllowed } from '../../../errors.ts';
import { doesCaseWork, type SignedIn, visibleScopes } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import { personKey } from '../../persons.ts';
import { CUSTODY_WORDS, STATE_WORDS } from '../present.ts';
import { type RegisterLine, type RegisterQuery, searchRegister } from '../search.ts';
import type { CertificateDeps } from '../types.ts';

const PAGE = 30;
/** Rows of a spreadsheet at most. */
const MOST_ROWS = 5000;

export type RegisterFilter = Omit<RegisterQuery, 'scopes' | 'limit' | 'person' | 'id'> & {
  idNumber?: string;
};

/** A line of the register as it leaves the house. */
export type RegisterView = Omit<RegisterLine, 'fieldsSealed' | 'fileHash' | 'seq' | 'verifyCode'> & {
  stateTitle: string;
  custodyTitle: string;
};

export const viewOf = (line: RegisterLine): RegisterView => {
  const { fieldsSealed: _s, fileHash: _f, seq: _q, verifyCode: _v, ...rest } = line;
  return { ...rest, stateTitle: STATE_WORDS[rest.state], custodyTitle: CUSTODY_WORDS[rest.custody] };
};

function queryOf(deps: CertificateDeps, who: SignedIn, filter: RegisterFilter, limit: number): RegisterQuery {
  const { idNumber, ...rest } = filter;
  return {
    ...rest,
    ...(idNumber !== undefined && { person: personKey(deps.vault, idNumber.trim().toUpperCase()) }),
    scopes: visibleScopes(who, deps.orgs),
    limit,
  };
}

/** A page of the register, as far as somebody may see it; a look-up by identity number is audited. */
export async function listRegister(
  deps: CertificateDeps,
  who: SignedIn,
  filter: RegisterFilter,
): Promise<{ certificates: RegisterView[]; next: string | null }> {
  const lines = await searchRegister(deps.db.read, queryOf(deps, who, filter, PAGE));
  if (filter.idNumber !== undefined)
    await auditAlone(deps, who, 'certificate.look-up', null, { found: lines.length });
  const page = lines.slice(0, PAGE);
  return { certificates: page.map(viewOf), next: lines.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}

/** Every line of a filter, for a spreadsheet; written down, as it leaves the house. */
export async function exportRegister(
  deps: CertificateDeps,
  who: SignedIn,
  filter: RegisterFilter,
): Promise<RegisterView[]> {
  if (!doesCaseWork(who)) throw notAllowed();
  const lines = (await searchRegister(deps.db.read, queryOf(deps, who, filter, MOST_ROWS))).slice(
    0,
    MOST_ROWS,
  );
  await auditAlone(deps, who, 'certificate.export', null, { rows: lines.length });
  return lines.map(viewOf);
}
