import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import { LYING } from './fold.ts';
import { type StoredCertificate, toCertificate } from './store.ts';
import type { CertificateState, Custody } from './types.ts';

/** A line of the register: no personal data beyond the holder's name. */
export interface RegisterLine extends StoredCertificate {
  itemTitle: string;
  villageId: string;
  villageName: string;
  department: string;
  caseNumber: string | null;
  placeName: string | null;
  /** The next day on which the case must be confirmed (年审); null: it is not followed. */
  reviewDue: LocalDate | null;
}

export interface RegisterQuery {
  /** What may be seen by place and department. */
  scopes: readonly { pathPrefix: string; departments?: string[] }[];
  id?: string;
  /** Number, or part of the holder's name. */
  text?: string;
  /** Keyed hash of an identity number. */
  person?: string;
  item?: string;
  state?: CertificateState;
  custody?: Custody;
  /** Whose piece lies at this organisation. */
  lies?: string;
  /** Expires on or before this day. */
  expiresBy?: LocalDate;
  /** Renewal must be asked for on or before this day. */
  renewBy?: LocalDate;
  /** With a proposal that waits for the leader. */
  isProposed?: true;
  /** Id of the last line of the page before. */
  after?: string;
  limit: number;
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, (c) => `\\${c}`);

function visible(db: Knex, { scopes }: RegisterQuery): Knex.QueryBuilder {
  return db('certificates as k')
    .join('cases as c', 'c.id', 'k.case_id')
    .join('orgs as o', 'o.id', 'c.village_id')
    .leftJoin('orgs as p', 'p.id', 'k.place_id')
    .where((any) => {
      if (scopes.length === 0) any.whereRaw('1 = 0');
      for (const { pathPrefix, departments } of scopes)
        any.orWhere((one) => {
          one.where('o.path', 'like', `${pathPrefix}%`);
          if (departments) one.whereIn('c.department', departments);
        });
    });
}

function asked(rows: Knex.QueryBuilder, q: RegisterQuery): void {
  if (q.id) rows.where('k.id', q.id);
  if (q.item) rows.where('k.item_code', q.item);
  if (q.state) rows.where('k.state', q.state);
  if (q.custody) rows.where('k.custody', q.custody);
  if (q.lies) rows.where('k.place_id', q.lies).whereIn('k.custody', LYING);
  if (q.expiresBy) rows.where('k.expires_on', '<=', q.expiresBy).whereIn('k.state', ['valid', 'suspended']);
  if (q.renewBy) rows.where('k.renew_by', '<=', q.renewBy).whereIn('k.state', ['valid', 'suspended']);
  if (q.isProposed) rows.whereNotNull('k.proposal');
  const { person } = q;
  if (person)
    rows.where((any) =>
      any
        .whereExists(function applied() {
          this.select('z.id')
            .from('citizens as z')
            .whereRaw('z.id = c.applicant_id')
            .where('z.id_blind', person);
        })
        .orWhereExists(function about() {
          this.select('x.case_id')
            .from('case_persons as x')
            .whereRaw('x.case_id = k.case_id')
            .where({ 'x.part': 'subject', 'x.person': person });
        }),
    );
  if (q.text) {
    const part = `%${escapeLike(q.text)}%`;
    rows.where((any) =>
      any
        .whereRaw("k.number like ? escape '\\'", [part])
        .orWhereRaw("k.holder_name like ? escape '\\'", [part]),
    );
  }
}

/** The clock of an annual review, or of the time allowed for it (`follow` steps); started again it is `validity#2`. */
const REVIEW_CLOCKS = ['validity', 'review'];

/** A page of the register, the latest first; one line more than asked for tells that there is another page. */
export async function searchRegister(db: Knex, query: RegisterQuery): Promise<RegisterLine[]> {
  const rows = visible(db, query)
    .select(
      'k.*',
      'c.item_title',
      'c.village_id',
      'c.department',
      'o.name as village_name',
      'p.name as place_name',
      'c.number as case_number',
      'c.next_due',
      db('deadlines as d')
        .whereRaw('d.case_id = k.case_id')
        .where((any) => {
          for (const name of REVIEW_CLOCKS)
            any.orWhere('d.clock', name).orWhere('d.clock', 'like', `${name}#%`);
        })
        .where('d.rung', 'due')
        .whereNull('d.fired_at')
        .whereNotNull('d.fires_at')
        .count('* as n')
        .as('reviews'),
    )
    .orderBy('k.id', 'desc')
    .limit(query.limit + 1);
  asked(rows, query);
  if (query.after) rows.where('k.id', '<', query.after);
  const found: Record<string, string | number | null>[] = await rows;
  return found.map((r) => ({
    ...toCertificate(r),
    itemTitle: r.item_title as string,
    villageId: r.village_id as string,
    villageName: r.village_name as string,
    department: r.department as string,
    caseNumber: r.case_number as string | null,
    placeName: r.place_name as string | null,
    reviewDue: Number(r.reviews) > 0 ? (r.next_due as string | null) : null,
  }));
}
