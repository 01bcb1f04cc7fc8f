/** A package as it leaves the house. Pure. */
import type { LocalDate } from '../../kernel/types.ts';
import { maySee, type SignedIn } from '../../people/accounts/index.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { PackageDefinition, PackageItem } from '../../workflow/package.ts';
import type { FullCase } from '../cases/index.ts';
import type { GroupStanding } from './check.ts';
import type { Family } from './family.ts';
import { type ChildStanding, lastOf, type OverallState, overallState } from './rules.ts';
import type { ChildRow } from './store.ts';

/** One item of a package and its case. */
export interface ChildView {
  item: string;
  itemTitle: string;
  situation: string;
  situationTitle: string;
  /** What the citizen reads about it. */
  says: string;
  /** Items that must be granted before. */
  after: string[];
  standing: ChildStanding;
  /** The case; null while there is none. */
  case: {
    id: string;
    number: string | null;
    phase: FullCase['view']['phase'];
    stateTitle: string;
    outcome: string | null;
    holder: FullCase['view']['holder'];
    /** Its own clocks. */
    clocks: FullCase['view']['clocks'];
    promisedDue: LocalDate | null;
    received: string | null;
    decided: string | null;
    closed: string | null;
    /** May the person asking open it? */
    mayOpen: boolean;
  } | null;
  /** Nothing needed to be filed, and why. */
  answer: string | null;
}

export interface MaterialView {
  key: string;
  title: string;
  form: string;
  copies: number;
  items: string[];
  way: GroupStanding['way'];
  later: boolean;
  files: { id: string; name: string; mime: string; size: number }[];
}

export interface PackageView {
  id: string;
  number: string | null;
  package: string;
  title: string;
  says: string;
  version: number;
  state: OverallState;
  village: { id: string; name: string };
  applicantName: string;
  dates: { opened: string; filed: string | null };
  /** The last promised day of its cases; null before any is accepted. */
  due: LocalDate | null;
  provisional: boolean;
  /** Some case has no promised day now: it is not accepted yet, or its term stands still. */
  dueOpen: boolean;
  children: ChildView[];
  /** Of a draft, for its clerk. */
  draft?: { form: Record<string, unknown>; commitments: string[]; gaps: string[]; materials: MaterialView[] };
}

/** The promised term of a case, the latest of its clocks of that name. */
const promisedOf = ({ view }: FullCase) =>
  view.clocks
    .filter((c) => c.name.split('#')[0] === 'promised')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .at(-1);

function childView(
  child: ChildRow,
  item: PackageItem,
  title: { item: string; situation: string },
  { full, standings, row }: Family,
  who: SignedIn,
  orgs: OrgMap,
): ChildView {
  const own = full.get(child.itemCode);
  const promised = own && promisedOf(own);
  return {
    item: child.itemCode,
    itemTitle: title.item,
    situation: child.situation,
    situationTitle: title.situation,
    says: item.says,
    after: item.after ?? [],
    standing: standings.get(child.itemCode) as ChildStanding,
    case: own
      ? {
          id: own.row.id,
          number: own.row.number,
          phase: own.view.phase,
          stateTitle: own.view.stateTitle,
          outcome: own.row.outcome,
          holder: own.view.holder,
          clocks: own.view.clocks,
          promisedDue: promised?.due ?? null,
          received: own.row.receivedAt,
          decided: own.row.decidedAt,
          closed: own.row.closedAt,
          mayOpen: maySee(who, orgs, { villageId: row.villageId, department: child.department }),
        }
      : null,
    answer: child.answer,
  };
}

/** @param titles of an item and its situation, as they are now or as its case is pinned */
export function packageView(
  family: Family,
  who: SignedIn,
  orgs: OrgMap,
  titles: (child: ChildRow) => { item: string; situation: string },
): PackageView {
  const { row, children, standings, full } = family;
  const views = children.map((child) =>
    childView(child, itemOf(row.definition, child), titles(child), family, who, orgs),
  );
  const promised = [...full.values()].flatMap((c) => promisedOf(c) ?? []);
  const running = views.filter((v) => v.standing === 'running');
  return {
    id: row.id,
    number: row.number,
    package: row.code,
    title: row.title,
    says: row.definition.says,
    version: row.version,
    state: overallState(row.state, standings),
    village: { id: row.villageId, name: orgs.get(row.villageId).name },
    applicantName: row.applicantName,
    dates: { opened: row.openedAt, filed: row.filedAt },
    due: lastOf(promised.map((c) => c.due)),
    provisional: promised.some((c) => c.provisional),
    dueOpen: running.some((v) => v.case?.decided === null && v.case.promisedDue === null),
    children: views,
  };
}

function itemOf({ items }: PackageDefinition, { itemCode }: ChildRow): PackageItem {
  const item = items.find((i) => i.code === itemCode);
  if (!item) throw new Error(`the package has no item ${itemCode}`);
  return item;
}

export const materialView = ({ key, material, codes, way, later, files }: GroupStanding): MaterialView => ({
  key,
  title: material.title,
  form: material.form,
  copies: material.copies,
  items: codes,
  way,
  later,
  files: files.map(({ id, name, mime, size }) => ({ id, name, mime, size })),
});
