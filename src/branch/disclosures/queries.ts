/** What pages and routes ask. */
import { notFound } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { type BranchDeps, chartOf, listEvents, type Sight, sightOf, type Who } from '../records/index.ts';
import { catalogue, itemOf } from './catalogue.ts';
import { scanRules } from './commands/dues.ts';
import { getOnBoard } from './commands/objections.ts';
import { getWork } from './commands/propose.ts';
import { partsOf, placesOf, READERS } from './policy.ts';
import { dueTitle, publicObjection, publicView, workView } from './present.ts';
import { scan } from './rules/scan.ts';
import * as store from './store.ts';
import type { Wing } from './types.ts';

const PAGE = 50;
const today = (deps: BranchDeps): LocalDate => localDate(deps.clock.now());

export interface DuesAsked {
  standing?: store.Standing | undefined;
  org?: string | undefined;
  wing?: Wing | undefined;
  tree?: 'then' | undefined;
  after?: string | undefined;
}

/** Where somebody looks: an organisation of his, with all beneath it, or everything he sees. */
function narrowed(deps: BranchDeps, who: Who, org: string | undefined): Sight['places'] {
  const own = placesOf(who, READERS, deps.orgs);
  if (org === undefined) return own;
  const { path } = deps.orgs.get(org);
  return own.flatMap((place) => {
    if (place.path === path) return [place];
    return place.subtree && path.startsWith(place.path) ? [{ path, subtree: true }] : [];
  });
}

function dueQuery(deps: BranchDeps, who: Who, { standing, org, wing, tree }: DuesAsked): store.DueQuery {
  return {
    places: narrowed(deps, who, org),
    today: today(deps),
    standing,
    ...(wing && {
      wing: catalogue()
        .items.filter((i) => i.wing === wing)
        .map((i) => i.id),
    }),
    asThen: tree === 'then',
  };
}

const lineView = (deps: BranchDeps, { due, record }: store.DueLine) => {
  const item = itemOf(due.item);
  return {
    id: due.id,
    org: { id: due.orgId, name: deps.orgs.get(due.orgId).name },
    item: item.id,
    wing: item.wing,
    category: item.category,
    title: dueTitle(due, item),
    scope: item.scope,
    opensOn: due.opensOn,
    dueOn: due.dueOn,
    dueProvisional: due.dueProvisional,
    metOn: due.metOn,
    overdue: due.metOn === null && due.dueOn < today(deps) && record?.state !== 'rejected',
    disclosure: record && { ...record, title: chartOf('disclosure').title(record.state) },
  };
};
export type DueView = ReturnType<typeof lineView>;

/** What is due at the organisations somebody answers for, by day. */
export async function duesOf(
  deps: BranchDeps,
  who: Who,
  asked: DuesAsked,
): Promise<{ dues: DueView[]; next: string | null }> {
  const [dueOn, id] = asked.after?.split('.') ?? [];
  const lines = await store.listDues(deps.db.read, {
    ...dueQuery(deps, who, asked),
    after: dueOn && id ? { dueOn, id } : undefined,
    limit: PAGE + 1,
  });
  const page = lines.slice(0, PAGE);
  const last = page.at(-1)?.due;
  return {
    dues: page.map((line) => lineView(deps, line)),
    next: lines.length > PAGE && last ? `${last.dueOn}.${last.id}` : null,
  };
}

/** One due thing, for those who read it. @throws AppError 404 record.not_found */
export async function dueById(deps: BranchDeps, who: Who, id: string) {
  const due = await store.findDue(deps.db.read, { id });
  if (!due || narrowed(deps, who, due.orgId).length === 0) throw notFound('record.not_found');
  return { due, item: itemOf(due.item), title: dueTitle(due, itemOf(due.item)) };
}

export const STANDINGS: readonly store.Standing[] = [
  'open',
  'overdue',
  'in-hand',
  'on-time',
  'late',
  'withheld',
];
export const OBJECTION_STANDINGS: readonly store.ObjectionStanding[] = [
  'waiting',
  'late',
  'answered',
  'answered-late',
];

/** The counters of the board (1.18): each is the length of a list. */
export async function figuresOf(deps: BranchDeps, who: Who, asked: DuesAsked) {
  const dues = await Promise.all(
    STANDINGS.map(async (standing) => [
      standing,
      await store.countDues(deps.db.read, dueQuery(deps, who, { ...asked, standing })),
    ]),
  );
  const said = await Promise.all(
    OBJECTION_STANDINGS.map(async (standing) => [
      standing,
      (await objectionsOf(deps, who, asked, standing)).length,
    ]),
  );
  return {
    asOf: deps.clock.now(),
    dues: Object.fromEntries(dues) as Record<store.Standing, number>,
    objections: Object.fromEntries(said) as Record<store.ObjectionStanding, number>,
  };
}

const MOST = 500;
export const objectionsOf = (
  deps: BranchDeps,
  who: Who,
  { org }: DuesAsked,
  standing: store.ObjectionStanding,
) =>
  store.listObjectionsAt(deps.db.read, deps.vault, {
    places: narrowed(deps, who, org),
    today: today(deps),
    standing,
    limit: MOST,
  });

/** What waits for somebody's own act. */
export async function waitingFor(deps: BranchDeps, who: Who) {
  const found = await store.listWaiting(deps.db.read, deps.vault, {
    states: ['draft', 'proposed', 'reviewed', 'deferred', 'approved', 'feedback_open', 'feedback_late'],
    places: placesOf(who, ['party-secretary', 'party-editor', 'party-reviewer', 'party-approver'], deps.orgs),
    limit: MOST,
  });
  const running = chartOf('disclosure');
  return found.flatMap((d) => {
    const possible = running
      .possible(d.record.state, partsOf(who, d, deps.orgs))
      .filter((p) => !['WITHDRAW', 'ARCHIVE'].includes(p.event));
    return possible.length > 0
      ? [
          {
            ...workView(d),
            orgName: deps.orgs.get(d.record.orgId).name,
            stateTitle: running.title(d.record.state),
            act: possible[0]?.title ?? '',
          },
        ]
      : [];
  });
}

/** A disclosure for those who work on it: what was found, what was said, what may be done, what was done. */
export async function workOf(deps: BranchDeps, who: Who, id: string) {
  const found = await getWork(deps.db.read, deps, who, id);
  const item = itemOf(found.item);
  const running = chartOf('disclosure');
  return {
    ...workView(found),
    itemTitle: item.title,
    wing: item.wing,
    scope: item.scope,
    orgName: deps.orgs.get(found.record.orgId).name,
    stateTitle: running.title(found.record.state),
    findings: scan(found.content, scanRules(deps, item)),
    objections: await store.listObjections(deps.db.read, deps.vault, [id]),
    possible: running.possible(found.record.state, partsOf(who, found, deps.orgs)),
    events: await listEvents(deps.db.read, deps.vault, id),
  };
}
export type WorkView = Awaited<ReturnType<typeof workOf>>;

/** The board of an organisation, or all boards, as far as somebody sees. @throws AppError 404 org.not_found */
export async function boardOf(
  deps: BranchDeps,
  who: Who | null,
  { org, before }: { org?: string | undefined; before?: string | undefined },
) {
  const orgId = org === undefined ? undefined : deps.orgs.get(org).id;
  const found = await store.listOnBoard(deps.db.read, deps.vault, {
    sight: sightOf(who, deps.orgs),
    today: today(deps),
    orgId,
    before,
    limit: PAGE + 1,
  });
  const shown = found.slice(0, PAGE);
  return {
    disclosures: shown.map((d) => ({
      id: d.record.id,
      org: { id: d.record.orgId, name: deps.orgs.get(d.record.orgId).name },
      category: itemOf(d.item).category,
      wing: itemOf(d.item).wing,
      title: d.content.title,
      publishedOn: d.publishedOn,
      expiresOn: d.expiresOn,
    })),
    next: found.length > PAGE ? (shown.at(-1)?.record.id ?? null) : null,
    kept: orgId === undefined ? [] : await keptBack(deps, orgId),
  };
}
export type BoardView = Awaited<ReturnType<typeof boardOf>>;

/** What is not shown, by kind of reason, for everybody (§7.13). */
async function keptBack(deps: BranchDeps, orgId: string) {
  const words: Record<string, string> = { ...catalogue().grounds, withdrawn: '公布以后撤下' };
  return (await store.countKept(deps.db.read, orgId)).map(({ ground, n }) => ({
    ground,
    words: words[ground] ?? ground,
    n,
  }));
}

/** One disclosure on the board with what readers said. @throws AppError 404 record.not_found */
export async function onBoard(deps: BranchDeps, who: Who | null, id: string) {
  const found = await getOnBoard(deps.db.read, deps, sightOf(who, deps.orgs), id);
  const said = await store.listObjections(deps.db.read, deps.vault, [id]);
  const item = itemOf(found.item);
  return {
    ...publicView(found),
    orgName: deps.orgs.get(found.record.orgId).name,
    category: item.category,
    wing: item.wing,
    basis: catalogue().sources[item.basis] ?? item.basis,
    objections: said.map((o) => publicObjection(o, today(deps))),
  };
}
export type OnBoardView = Awaited<ReturnType<typeof onBoard>>;

/** The answer, for whoever holds the receipt, also after the disclosure was taken down. */
export async function objectionByReceipt(deps: BranchDeps, receipt: string) {
  const code = receipt.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const found = await store.findByReceipt(deps.db.read, deps.vault, code);
  return found && publicObjection({ ...found, shown: true }, today(deps));
}
