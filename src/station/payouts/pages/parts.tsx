/** What several pages of money share: their frame, amounts, states, forms that are sent once. */
import type { ComponentChildren, JSX } from 'preact';
import { newId } from '../../../kernel/ids.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDateTime } from '../../../kernel/time.ts';
import type { Fen, Instant } from '../../../kernel/types.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Badge, type Crumb, CsrfField, type Filter, type Option, Tabs } from '../../../platform/web/index.ts';
import { type ShellDeps, StationPage, show } from '../../shell.tsx';
import { mayPay, maySeeTotals, seenPaths } from '../policy.ts';
import type { Scheme } from '../rules/schemes.ts';
import type { RunSummary } from '../runs/view.ts';
import { listSchemes } from '../schemes.ts';
import type { LineState, PayoutDeps } from '../types.ts';
import { LINE_STATES, type Word } from './words.ts';

export type PageDeps = PayoutDeps & ShellDeps;

export const Money = ({ fen }: { fen: Fen }): JSX.Element => <>{yuan(fen)} 元</>;

/** `2026年11月第1批`: the last part of a run's number counts the runs of its period. */
export const runName = ({ number, periodTitle }: Pick<RunSummary, 'number' | 'periodTitle'>): string =>
  `${periodTitle}第${number.slice(number.lastIndexOf('-') + 1)}批`;

/** A state in a word; in a frame of its own, so that it keeps its size in the cells of a phone. */
export const State = ({ word }: { word: Word }): JSX.Element => (
  <span>
    <Badge tone={word.tone} text={word.text} />
  </span>
);

/** What became of a line, why, and since when it is final. */
export function Outcome({
  line: { state, reason, settledAt },
}: {
  line: { state: LineState; reason: string | null; settledAt?: Instant | null };
}): JSX.Element {
  return (
    <div>
      <State word={LINE_STATES[state]} />
      {reason !== null && <p class="help">{reason}</p>}
      {settledAt && <p class="help">{chineseDateTime(settledAt)}</p>}
    </div>
  );
}

/** What the address chooses; a field that was left empty, or is endless, chooses nothing. */
export const chosen = ({ query }: RouteContext, name: string): string | undefined => {
  const value = query[name];
  const text = typeof value === 'string' && value.length <= 60 ? value.trim() : '';
  return text === '' ? undefined : text;
};

/** The one of the words that the address chooses. */
export function chosenOf<W extends string>(
  ctx: RouteContext,
  name: string,
  words: Record<W, unknown>,
): W | undefined {
  const value = chosen(ctx, name);
  return value !== undefined && Object.hasOwn(words, value) ? (value as W) : undefined;
}

export const address = (path: string, query: Record<string, string | undefined>): string => {
  const given = Object.entries(query).filter((e): e is [string, string] => e[1] !== undefined);
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
};

export const schemeFilter = (
  schemes: readonly Pick<Scheme, 'code' | 'title'>[],
  value: string | undefined,
): Filter => ({
  name: 'scheme',
  label: '发放项目',
  blank: '全部项目',
  width: 'medium',
  value,
  options: schemes.map(({ code, title }) => ({ value: code, text: title })),
});

/** Whoever sees one village alone has nothing to choose. */
export const villageFilter = (villages: readonly Option[], value: string | undefined): Filter | false =>
  villages.length > 1 && {
    name: 'village',
    label: '村（社区）',
    blank: '全部',
    width: 'medium',
    value,
    options: villages,
  };

/** Does this person pay, or read the sums, of any scheme? */
export const readsTotals = (who: SignedIn, { orgs }: Pick<PageDeps, 'orgs'>): boolean =>
  listSchemes().some((scheme) => maySeeTotals(who, orgs, scheme));

/** Does this person work in a department that pays? */
export const pays = (who: SignedIn, { orgs }: Pick<PageDeps, 'orgs'>): boolean =>
  listSchemes().some((scheme) => mayPay(who, orgs, scheme));

/** Does this person see anybody who is paid? */
export const seesPeople = (who: SignedIn, { orgs }: Pick<PageDeps, 'orgs'>): boolean =>
  listSchemes().some((scheme) => seenPaths(who, orgs, scheme).length > 0);

type SectionId = 'overview' | 'claims' | 'debts' | 'report' | 'format';

const SECTIONS: { id: SectionId; href: string; text: string; may: 'totals' | 'pays' | 'people' }[] = [
  { id: 'overview', href: '/payouts', text: '发放项目', may: 'totals' },
  { id: 'claims', href: '/payouts/entitlements', text: '领取人员', may: 'people' },
  { id: 'debts', href: '/payouts/debts', text: '多发追回', may: 'pays' },
  { id: 'report', href: '/payouts/report', text: '收支报告', may: 'totals' },
  { id: 'format', href: '/payouts/format', text: '银行文件格式', may: 'pays' },
];

function Sections({ who, deps, at }: { who: SignedIn; deps: PageDeps; at: SectionId }): JSX.Element {
  const may = { totals: readsTotals(who, deps), pays: pays(who, deps), people: seesPeople(who, deps) };
  return (
    <Tabs
      label="发放"
      tabs={SECTIONS.filter((s) => may[s.may]).map(({ id, href, text }) => ({
        href,
        text,
        current: id === at,
      }))}
    />
  );
}

export interface Frame {
  title: string;
  heading?: string;
  section?: SectionId;
  crumbs?: readonly Crumb[];
  lead?: ComponentChildren;
  status?: number;
  /** Why nothing has happened. */
  problem?: string | undefined;
}

/** Answer with a page of money. Pages of a section carry its tabs, pages beneath it the way back. */
export function page(ctx: RouteContext, deps: PageDeps, frame: Frame, children: ComponentChildren): void {
  const { title, heading = title, section, crumbs, lead, status, problem } = frame;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="payouts"
      title={title}
      heading={heading}
      {...(crumbs && { breadcrumbs: [{ href: '/payouts', text: '发放' }, ...crumbs] })}
      {...(problem && { flash: { kind: 'warn', text: problem } })}
    >
      {section && <Sections who={requireSession(ctx)} deps={deps} at={section} />}
      {lead && <p class="lead">{lead}</p>}
      {children}
    </StationPage>,
    status,
  );
}

/** The proof of the session and the id by which a second click is known. */
export function OnceFields({
  ctx,
  deps,
  requestId,
}: {
  ctx: RouteContext;
  deps: PageDeps;
  requestId?: string | undefined;
}): JSX.Element {
  return (
    <>
      <CsrfField token={ctx.state.csrf ?? ''} />
      <input type="hidden" name="_request" value={requestId ?? newId(deps.clock.now(), deps.random)} />
    </>
  );
}
