/** What the pages about people and places share: whom they are for, their frame, a form on a page of its own. */
import type Router from '@koa/router';
import type { ComponentChildren } from 'preact';
import { type AppError, type Fault, invalid, notAllowed } from '../../../errors.ts';
import { isLocalDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { type AdminRole, requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import type { Crumb } from '../../../platform/web/index.ts';
import { readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import type { SystemDeps } from '../system/house.ts';
import { wordsOf } from '../system/pages/parts.tsx';

export { ActButton, address, chosen, doAndGo, Once } from '../system/pages/parts.tsx';

/** `wall`: by which sessions live and logins are locked, also when a rehearsal moves its own clock. */
export type PeopleDeps = SystemDeps & { wall: Clock };

/** @throws 401, 403 */
export function requireRole(ctx: RouteContext, role: AdminRole): SignedIn {
  const who = requireSession(ctx);
  if (!who.grants.some((g) => g.role === role)) throw notAllowed();
  return who;
}

/** A page for one of the three administrators. */
export const adminPage = (
  role: AdminRole,
  handler: (ctx: RouteContext, who: SignedIn) => Promise<void>,
): ((ctx: RouteContext) => Promise<void>) => staffPage((ctx) => handler(ctx, requireRole(ctx, role)));

export interface Framed {
  title: string;
  /** Between the front page of the administration and this page. */
  crumbs?: readonly Crumb[];
  lead?: ComponentChildren;
  status?: number;
}

/** Answer with a page of the administration. */
export function answer(
  ctx: RouteContext,
  deps: PeopleDeps,
  { title, crumbs = [], lead, status = 200 }: Framed,
  children: ComponentChildren,
): void {
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={title}
      heading={title}
      nav="admin"
      breadcrumbs={[{ href: '/admin', text: '管理' }, ...crumbs, { text: title }]}
    >
      {lead && <p class="lead">{lead}</p>}
      {children}
    </StationPage>,
    status,
  );
}

/** What a form on a page is drawn with: what is wrong, and what was sent. */
export interface Filled {
  faults: readonly Fault[];
  one(name: string): string | undefined;
}

const EMPTY: Filled = { faults: [], one: () => undefined };

/** Name, id, value and fault of one field. */
export function fieldOf({ faults, one }: Filled, name: string, value = '') {
  const fault = faults.find((f) => f.pointer === `/${name}`);
  return {
    id: `f-${name}`,
    name,
    mark: false,
    value: one(name) ?? value,
    ...(fault && { error: fault.message }),
  };
}

/**
 * A form that has a page of its own: drawn by GET, acted on by POST; what is wrong is told at its fields.
 * `act` returns where to go and what to say there.
 */
export function formPage(
  router: Router,
  path: string,
  role: AdminRole,
  draw: (ctx: RouteContext, who: SignedIn, filled: Filled, status: number) => Promise<void>,
  act: (ctx: RouteContext, sent: Sent) => Promise<{ to: string; says: string } | undefined>,
): void {
  router.get(
    path,
    adminPage(role, (ctx, who) => draw(ctx, who, EMPTY, 200)),
  );
  router.post(path, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    requireRole(ctx, role);
    try {
      const done = await act(ctx, sent);
      if (!done) return;
      leaveFlash(ctx, 'done', done.says);
      seeOther(ctx, done.to);
    } catch (error) {
      if (!isRefusal(error) || (error.status !== 422 && error.status !== 409)) throw error;
      await draw(ctx, sent.who, { faults: faultsOf(error), one: sent.one }, error.status);
    }
  });
}

const faultsOf = (error: AppError): readonly Fault[] =>
  error.faults ?? [{ pointer: '', message: wordsOf(error) }];

/** @throws invalid at the field */
export function dayOf(sent: Sent, name: string): LocalDate {
  const text = sent.one(name).trim();
  if (!isLocalDate(text)) throw invalid([{ pointer: `/${name}`, message: '请选择日期', code: 'required' }]);
  return text;
}

/** A day that may be left out. @throws invalid at the field */
export const dayOrNull = (sent: Sent, name: string): LocalDate | null =>
  sent.one(name).trim() === '' ? null : dayOf(sent, name);
