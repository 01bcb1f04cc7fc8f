/** The page of a refused request: what happened, what to do now, ways on, and what was typed. */
import type { JSX } from 'preact';
import { kioskOf } from '../people/frame/index.ts';
import { type HttpContext, type Problem, sentForm } from '../platform/http/index.ts';
import { Button, Card, CsrfField, ErrorPage, FilterForm, render, SITE_PATHS } from '../platform/web/index.ts';
import { nextSteps } from './next-steps.ts';
import { type ShellDeps, StationPage } from './shell.tsx';

interface Way {
  href: string;
  text: string;
}

/** Where the parts of the house begin that are not reached by a case. */
const SECTIONS: Record<string, string> = {
  admin: '返回管理',
  board: '返回一览',
  cash: '返回现金发放',
  certificates: '返回证照登记簿',
  desk: '返回领取台',
  filing: '返回收件',
  payouts: '返回发放',
  stations: '返回服务站',
  transfers: '返回证照交接',
};

/** Two slashes name another house. */
const isHere = (path: string): boolean => /^\/(?![/\\])/.test(path);

/** The page of this house that the reader came from: where the form was, where the link stood. */
function cameFrom(ctx: HttpContext): string | undefined {
  const referer = ctx.get('referer');
  if (!URL.canParse(referer)) return undefined;
  const { host, pathname, search } = new URL(referer);
  const path = pathname + search;
  return host === ctx.host && isHere(path) && (ctx.method !== 'GET' || path !== ctx.url) ? path : undefined;
}

function waysOn(deps: ShellDeps, problem: Problem, ctx: HttpContext): Way[] {
  const caseId = /^\/cases\/([0-9a-z]{26})\b/.exec(ctx.path)?.[1];
  const section = Object.keys(SECTIONS).find((s) => ctx.path.startsWith(`/${s}/`));
  const back = cameFrom(ctx);
  const ways = [
    problem.status === 401 && {
      href: `${SITE_PATHS.signIn}?next=${encodeURIComponent(ctx.method === 'GET' ? ctx.url : (back ?? '/'))}`,
      text: '去登录',
    },
    problem.code === 'case.not_needed' &&
      typeof problem.note === 'string' && { href: `/answers/${problem.note}`, text: '查看并打印告知单' },
    caseId !== undefined && problem.status !== 404 && { href: `/cases/${caseId}`, text: '返回办件页' },
    back !== undefined && { href: back, text: '返回刚才的页面' },
    section !== undefined &&
      problem.status >= 404 && { href: `/${section}`, text: SECTIONS[section] as string },
    { href: kioskOf(ctx, deps.orgs)?.start ?? SITE_PATHS.home, text: '返回首页' },
  ];
  const seen = new Set<string>();
  return ways.filter(
    (way): way is Way => way !== false && !seen.has(way.href) && Boolean(seen.add(way.href)),
  );
}

/** Did one of our own pages send this? Only then may it be sent again with a proof that we hand out. */
function isOwn(ctx: HttpContext): boolean {
  const site = ctx.get('sec-fetch-site');
  if (site !== '') return site === 'same-origin';
  const origin = ctx.get('origin');
  return URL.canParse(origin) && new URL(origin).host === ctx.host;
}

const MULTIPART = 'multipart/form-data';

/**
 * What was typed into a form that came too late or was cut short: everything but files, its old proof and passwords.
 * Undefined when sending it again helps nothing.
 */
function typed(ctx: HttpContext, problem: Problem): [name: string, value: string][] | undefined {
  const helps = problem.status === 401 || problem.code === 'session.csrf' || problem.status >= 500;
  if (!helps || ctx.method !== 'POST' || !ctx.is('urlencoded', MULTIPART)) return undefined;
  if (!isOwn(ctx) || !isHere(ctx.url)) return undefined;
  const fields = sentForm(ctx).fields.filter(([name]) => name !== '_csrf');
  const isSecret = ctx.path.startsWith(SITE_PATHS.account) || fields.some(([name]) => /password/i.test(name));
  return fields.length === 0 || isSecret ? undefined : fields;
}

/** The same form once more, held in the page. Nothing of it is kept by the house. */
function SendAgain(props: { ctx: HttpContext; fields: [name: string, value: string][] }): JSX.Element {
  const { ctx, fields } = props;
  const who = ctx.state.actor ?? ctx.state.unproven;
  const isMultipart = ctx.is(MULTIPART) === MULTIPART;
  return (
    <Card title="刚才填写的内容还在这一页" tone="now">
      {who ? (
        <p>现在登录的是{who.name}。按“重新提交”，把刚才填写的内容再送一次。</p>
      ) : (
        <ol class="plain-list">
          <li>
            <a href={SITE_PATHS.signIn} target="_blank" rel="noopener">
              在新窗口登录
            </a>
            ，这一页不要关。
          </li>
          <li>登录后回到这一页，按“重新提交”，核对登录的人后再按一次。</li>
        </ol>
      )}
      {isMultipart && <p class="help">照片、文件没有留下，提交以后请再传一次。</p>}
      <form method="post" action={ctx.url} encType={isMultipart ? MULTIPART : undefined}>
        {who && <CsrfField token={who.csrf} />}
        {fields.map(([name, value], i) => (
          <input key={i} type="hidden" name={name} value={value} />
        ))}
        <div class="actions">
          <Button>重新提交</Button>
        </div>
      </form>
    </Card>
  );
}

/** The page of a refused request; a whole document. */
export function errorPage(deps: ShellDeps, problem: Problem, ctx: HttpContext): string {
  const fields = typed(ctx, problem);
  return render(
    <StationPage ctx={ctx} deps={deps} title={problem.title} narrow flash={null}>
      <ErrorPage
        status={problem.status}
        happened={problem.title}
        next={nextSteps(problem)}
        requestId={problem.requestId}
        links={waysOn(deps, problem, ctx)}
      >
        {fields && <SendAgain ctx={ctx} fields={fields} />}
        {problem.code === 'not_found' && (
          <FilterForm action="/items" filters={[{ name: 'q', label: '要办什么事', value: undefined }]} />
        )}
      </ErrorPage>
    </StationPage>,
  );
}
