/**
 * One act on many cases: which acts all of them take, what each would come to, and doing it, each case in a
 * transaction of its own. The key of each is made of the form's, so that a form sent twice does each once.
 */
import { type AppError, type Fault, invalid } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { ERROR_WORDING } from '../../wording.ts';
import { advance, metaOf } from '../../workflow/advance.ts';
import { actSchema, type EventSchema } from '../../workflow/events.ts';
import { checkAgainst } from '../../workflow/formats.ts';
import { act, type CaseDeps, claimCase, type FullCase, getCase, requireAct } from '../cases/index.ts';
import { isRefusal } from '../shell.tsx';
import { BULK_ACTS, type BulkAct, MOST_BULK } from './schema.ts';

/** Why an act is not done to a case; null when it may be. */
type Refusal = string | null;

interface Weighed {
  act: BulkAct;
  title: string;
  needsOpinion: boolean;
  /** For each case, in their order. */
  refusals: Refusal[];
}

export interface BulkScene {
  cases: FullCase[];
  /** Acts that every case can take, though perhaps not from this person. */
  offered: Weighed[];
  /** Acts that only some of them take, with the first reason. */
  withheld: { title: string; reason: string }[];
}

/** The cases picked, as this person may see them. @throws invalid for none or too many, notFound */
export async function pickedCases(
  deps: CaseDeps,
  who: SignedIn,
  ids: readonly string[],
): Promise<FullCase[]> {
  const picked = [...new Set(ids)];
  if (picked.length === 0 || picked.length > MOST_BULK)
    throw invalid([{ pointer: '/cases', message: `请选 1 到 ${MOST_BULK} 件` }]);
  const cases = [];
  for (const id of picked) cases.push(await getCase(deps, { kind: 'account', who }, id));
  return cases;
}

export function bulkScene(deps: CaseDeps, who: SignedIn, cases: FullCase[]): BulkScene {
  const offered: Weighed[] = [];
  const withheld: BulkScene['withheld'] = [];
  for (const name of BULK_ACTS) {
    const weighed = cases.map((one) => weigh(deps, who, one, name));
    const first = weighed.find((w) => w.schema !== null);
    if (!first?.schema) continue;
    const stopped = weighed.findIndex((w) => w.bars !== null);
    if (stopped === -1)
      offered.push({
        act: name,
        title: first.schema.title,
        needsOpinion: weighed.some((w) => asksOpinion(w.schema)),
        refusals: weighed.map((w) => w.refusal),
      });
    else
      withheld.push({
        title: first.schema.title,
        reason: `${nameOf(cases[stopped] as FullCase)}：${weighed[stopped]?.bars}`,
      });
  }
  return { cases, offered, withheld };
}

export const nameOf = ({ view }: Pick<FullCase, 'view'>): string =>
  `${view.applicant.name || '（未填姓名）'} · ${view.itemTitle}`;

const asksOpinion = (schema: EventSchema | null): boolean =>
  (schema?.required as string[] | undefined)?.includes('opinion') ?? false;

interface Weight {
  schema: EventSchema | null;
  /** Why the act is offered to none: this case cannot take it, or asks for more than an opinion. */
  bars: string | null;
  /** Why this person may not do it to this case. */
  refusal: Refusal;
}

function weigh(deps: CaseDeps, who: SignedIn, one: FullCase, name: BulkAct): Weight {
  const { view, pinned, meta, log } = one;
  if (!view.possible.some((p) => p.event === name))
    return { schema: null, bars: `现在是“${view.stateTitle}”，不能这样办`, refusal: null };
  const schema = actSchema(pinned.definition, meta, name);
  const own = (schema.required as string[]).filter((field) => field !== 'opinion');
  if (own.length > 0) {
    const titles = own.map((f) => (schema.properties as Record<string, { title?: string }>)[f]?.title ?? f);
    return { schema, bars: `要逐件填写${titles.join('、')}`, refusal: null };
  }
  try {
    requireAct(deps, { kind: 'account', who }, one, name, log);
    return { schema, bars: null, refusal: claimedBy(one) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { schema, bars: null, refusal: reasonOf(error) };
  }
}

/** What another has claimed is told before it is tried. */
function claimedBy({ view }: FullCase): Refusal {
  const other = view.claims.find((k) => k.isHere && !k.isMine);
  return other ? `由${other.name}领办` : null;
}

/** A refusal in one sentence. */
const reasonOf = (error: AppError): string =>
  [ERROR_WORDING[error.code], error.data?.says, ...(error.faults ?? []).map((f) => f.message)]
    .filter((s) => typeof s === 'string')
    .join('');

/** Where each case comes to. */
export function comesTo(
  deps: CaseDeps,
  who: SignedIn,
  one: FullCase,
  event: BulkAct,
  opinion: string,
): string {
  const { pinned, row } = one;
  const by = { kind: 'account', id: who.accountId, name: who.name } as const;
  const { state } = advance(pinned.machine, row.snapshot, {
    type: event,
    at: deps.clock.now(),
    by,
    data: { opinion },
  });
  return metaOf(pinned.machine, state).title;
}

const dataOf = (opinion: string) => (opinion.trim() === '' ? {} : { opinion: opinion.trim() });

/** What is wrong with the one opinion, for the first case: all ask the same. */
export function opinionFaults(
  deps: CaseDeps,
  { pinned, meta }: FullCase,
  event: BulkAct,
  opinion: string,
): Fault[] {
  const schema = actSchema(pinned.definition, meta, event);
  return checkAgainst(schema, dataOf(opinion), { prefix: '', today: localDate(deps.clock.now()) });
}

/** What became of one case. */
export interface Outcome {
  id: string;
  name: string;
  number: string;
  done: boolean;
  /** Where it is now, or why nothing was done. */
  text: string;
}

interface Work {
  id: string;
  /** The version that was looked at. */
  version: number;
}

/** Do one act to each of many cases; what is refused leaves the others alone. */
export async function actOnAll(
  deps: CaseDeps,
  who: SignedIn,
  { event, opinion, cases }: { event: BulkAct; opinion: string; cases: readonly Work[] },
  requestId: string | undefined,
): Promise<Outcome[]> {
  const input = { event, data: dataOf(opinion) };
  return each(deps, who, cases, async ({ id, version }) => {
    const key = requestId && `${requestId}#${id}`;
    const view = await act(deps, { kind: 'account', who }, id, { ...input, version }, key);
    return `现在：${view.stateTitle}`;
  });
}

/** Claim each of many cases. */
export const claimAll = (
  deps: CaseDeps,
  who: SignedIn,
  ids: readonly string[],
  requestId: string | undefined,
): Promise<Outcome[]> =>
  each(
    deps,
    who,
    ids.map((id) => ({ id })),
    async ({ id }) => {
      await claimCase(deps, who, id, requestId && `${requestId}#${id}`);
      return '由您领办';
    },
  );

async function each<T extends { id: string }>(
  deps: CaseDeps,
  who: SignedIn,
  works: readonly T[],
  work: (one: T) => Promise<string>,
): Promise<Outcome[]> {
  const seen = new Map(
    (
      await pickedCases(
        deps,
        who,
        works.map((w) => w.id),
      )
    ).map((c) => [c.row.id, c]),
  );
  const outcomes: Outcome[] = [];
  for (const one of works) {
    const { row, view } = seen.get(one.id) as FullCase;
    const shared = { id: row.id, name: nameOf({ view }), number: row.number ?? '' };
    try {
      outcomes.push({ ...shared, done: true, text: await work(one) });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      outcomes.push({ ...shared, done: false, text: reasonOf(error) });
    }
  }
  return outcomes;
}
