import type { Knex } from 'knex';
import type { LocalDate } from '../../kernel/types.ts';
import type { Phase } from './store.ts';

/** One line of an inbox or a list: no personal data beyond the applicant's name. */
export interface CaseLine {
  id: string;
  number: string | null;
  itemCode: string;
  itemTitle: string;
  villageId: string;
  villageName: string;
  applicantName: string;
  state: string;
  phase: Phase;
  deskOrg: string | null;
  deskRole: string | null;
  nextDue: LocalDate | null;
  receivedAt: string | null;
  updatedAt: string;
  definitionSha: string;
  snapshot: string;
}

/** Villages (path prefix) and, when given, departments whose cases somebody may see. */
export interface Scope {
  pathPrefix: string;
  departments?: string[];
}

/** A desk: one role at one organisation, or at everything beneath it. */
export interface DeskFilter {
  role: string;
  orgs: string[];
}

export interface Query {
  /** What may be seen by place and department. */
  scopes: Scope[];
  /** Desks whose cases are seen besides; the only ones when there is no scope. */
  desks?: DeskFilter[];
  item?: string;
  phase?: Phase;
  /** Case number, or part of the applicant's name. */
  text?: string;
  after?: string;
  limit: number;
}

const COLUMNS = [
  'cases.id',
  'cases.number',
  'cases.item_code as itemCode',
  'cases.item_title as itemTitle',
  'cases.village_id as villageId',
  'orgs.name as villageName',
  'cases.applicant_name as applicantName',
  'cases.state',
  'cases.phase',
  'cases.desk_org as deskOrg',
  'cases.desk_role as deskRole',
  'cases.next_due as nextDue',
  'cases.received_at as receivedAt',
  'cases.updated_at as updatedAt',
  'cases.definition_sha as definitionSha',
  'cases.snapshot',
];

/** Cases without a due date sort behind all dated ones. */
const DUE = "coalesce(cases.next_due, '9999-12-31')";

const escapeLike = (text: string) => text.replace(/[\\%_]/g, (c) => `\\${c}`);

/** Cases that lie on one of these desks now; a joint review lies on several. */
function lyingOn(rows: Knex.QueryBuilder, desks: DeskFilter[]): void {
  rows.orWhereExists(function lies() {
    this.select('case_id')
      .from('case_desks as d')
      .whereRaw('d.case_id = cases.id')
      .where((any) => {
        if (desks.length === 0) any.whereRaw('1 = 0');
        for (const { role, orgs } of desks)
          any.orWhere((one) => one.where('d.role', role).whereIn('d.org', orgs));
      });
  });
}

function visible(db: Knex, query: Query): Knex.QueryBuilder {
  const rows = db('cases').join('orgs', 'orgs.id', 'cases.village_id').select(COLUMNS);
  rows.where((any) => {
    if (query.scopes.length === 0 && !query.desks) any.whereRaw('1 = 0');
    if (query.desks) lyingOn(any, query.desks);
    for (const scope of query.scopes)
      any.orWhere((one) => {
        one.where('orgs.path', 'like', `${scope.pathPrefix}%`);
        if (scope.departments) one.whereIn('cases.department', scope.departments);
      });
  });
  if (query.item) rows.where('cases.item_code', query.item);
  if (query.phase) rows.where('cases.phase', query.phase);
  if (query.text) {
    const part = `%${escapeLike(query.text)}%`;
    rows.where((any) =>
      any
        .whereRaw("cases.number like ? escape '\\'", [part])
        .orWhereRaw("cases.applicant_name like ? escape '\\'", [part]),
    );
  }
  return rows;
}

/** A page of cases, most urgent first; `after` is the last line's `due~id`. */
export async function searchCases(
  db: Knex,
  query: Query,
): Promise<{ lines: CaseLine[]; next: string | null }> {
  const rows = visible(db, query).orderByRaw(`${DUE}, cases.id`);
  if (query.after) {
    const [due = '', id = ''] = query.after.split('~');
    rows.whereRaw(`(${DUE} > ? or (${DUE} = ? and cases.id > ?))`, [due, due, id]);
  }
  const lines: CaseLine[] = await rows.limit(query.limit + 1);
  const page = lines.slice(0, query.limit);
  const last = page.at(-1);
  const more = lines.length > query.limit && last;
  return { lines: page, next: more ? `${last.nextDue ?? '9999-12-31'}~${last.id}` : null };
}
