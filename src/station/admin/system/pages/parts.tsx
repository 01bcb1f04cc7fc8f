/** What the pages of the system share: their frame, their sections, buttons that act once. */
import type { ComponentChildren, JSX } from 'preact';
import { type AppError, type Fault, notAllowed } from '../../../../errors.ts';
import { newId } from '../../../../kernel/ids.ts';
import { requireSession, type SignedIn } from '../../../../people/accounts/index.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import {
  Actions,
  Button,
  type ButtonKind,
  type Crumb,
  CsrfField,
  Tabs,
} from '../../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../../wording.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../../shell.tsx';
import type { SystemDeps } from '../house.ts';
import { mayKeepSystem } from '../policy.ts';

const SECTIONS = [
  { href: '/admin', text: '总览', shortcut: 'o' },
  { href: '/admin/holidays', text: '放假表', shortcut: 'h' },
  { href: '/admin/parameters', text: '参数', shortcut: 'p' },
  { href: '/admin/definitions', text: '事项定义', shortcut: 'd' },
  { href: '/admin/jobs', text: '后台工作', shortcut: 'w' },
  { href: '/admin/backups', text: '备份', shortcut: 'b' },
] as const;

export type Section = (typeof SECTIONS)[number]['href'];

/** Whoever keeps the system. @throws 401, 403 */
export function requireKeeper(ctx: RouteContext): SignedIn {
  const who = requireSession(ctx);
  if (!mayKeepSystem(who)) throw notAllowed();
  return who;
}

/** A page for the system administrator. */
export const keeperPage = (
  handler: (ctx: RouteContext, who: SignedIn) => Promise<void>,
): ((ctx: RouteContext) => Promise<void>) => staffPage((ctx) => handler(ctx, requireKeeper(ctx)));

export interface SystemPage {
  title: string;
  section: Section;
  lead?: ComponentChildren;
  /** Between the section and this page. */
  crumbs?: readonly Crumb[];
  status?: number;
}

/** Answer with a page in the frame of the system's sections. */
export function answer(
  ctx: RouteContext,
  deps: SystemDeps,
  page: SystemPage,
  children: ComponentChildren,
): void {
  const { title, section, lead, crumbs = [], status = 200 } = page;
  const own = SECTIONS.find((s) => s.href === section);
  const above: Crumb[] = own?.text === title ? [] : [{ href: section, text: own?.text ?? '' }, ...crumbs];
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={title}
      heading={title}
      nav="admin"
      breadcrumbs={section === '/admin' ? [] : [{ href: '/admin', text: '管理' }, ...above, { text: title }]}
    >
      <Tabs label="系统管理" tabs={SECTIONS.map((s) => ({ ...s, current: s.href === section }))} />
      {lead && <p class="lead">{lead}</p>}
      {children}
    </StationPage>,
    status,
  );
}

/** The session's proof and the key of a repeat. */
export const Once = ({
  deps,
  who,
  requestId,
}: {
  deps: SystemDeps;
  who: SignedIn;
  requestId?: string | undefined;
}): JSX.Element => (
  <>
    <CsrfField token={who.csrf} />
    <input type="hidden" name="_request" value={requestId ?? newId(deps.clock.now(), deps.random)} />
  </>
);

/** One button that does one thing. */
export function ActButton(props: {
  deps: SystemDeps;
  who: SignedIn;
  action: string;
  text: string;
  /** Read aloud after the text, where several buttons read alike. */
  about?: string;
  kind?: ButtonKind;
  confirm?: string;
  shortcut?: string;
  fields?: Record<string, string>;
}): JSX.Element {
  const { deps, who, action, text, about, kind = 'secondary', confirm, shortcut, fields = {} } = props;
  return (
    <form method="post" action={action}>
      <Once deps={deps} who={who} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Actions>
        <Button kind={kind} {...(confirm && { confirm })} {...(shortcut && { shortcut })}>
          {text}
          {about && <span class="vh">{about}</span>}
        </Button>
      </Actions>
    </form>
  );
}

/** Everything a refusal says. */
export const wordsOf = (error: AppError): string =>
  [ERROR_WORDING[error.code], error.data?.says].filter((s) => typeof s === 'string').join('');

/** Faults of a refusal, each at its field; one without faults becomes one about the whole. */
export const faultsOf = (error: AppError): Fault[] =>
  error.faults ?? [{ pointer: '', message: wordsOf(error) }];

/** Do it, say so, and go on; what is refused for its state is told on the page one came from. */
export async function doAndGo(ctx: RouteContext, back: string, work: () => Promise<string>): Promise<void> {
  try {
    leaveFlash(ctx, 'done', await work());
  } catch (error) {
    if (!isRefusal(error) || error.status !== 409) throw error;
    leaveFlash(ctx, 'error', wordsOf(error));
  }
  seeOther(ctx, back);
}

/** What the address chooses; a field that was left empty, or is endless, chooses nothing. */
export function chosen({ query }: RouteContext, name: string): string | undefined {
  const value = query[name];
  const text = typeof value === 'string' && value.length <= 100 ? value.trim() : '';
  return text === '' ? undefined : text;
}

export const address = (path: string, query: Record<string, string | undefined>): string => {
  const given = Object.entries(query).filter((e): e is [string, string] => e[1] !== undefined);
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
};
