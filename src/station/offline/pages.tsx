/** Pages for the hours without a line: what waits to be sent, and what is shown in place of a page out of reach. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { requireSession, type SignedIn } from '../../people/accounts/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import type { HttpContext } from '../../platform/http/index.ts';
import { Actions, Card, LinkButton, Page, render } from '../../platform/web/index.ts';
import { type ShellDeps, StationPage, show, staffPage } from '../shell.tsx';
import { formAddress, type KeptItem, keptItems, keptVersion, OFFLINE, WAITING } from './kept.ts';

type OfflineDeps = PlatformDeps & ShellDeps;

/** `/filing/waiting`, `/offline` */
export function offlinePages(router: Router, deps: OfflineDeps): void {
  router.get(
    WAITING,
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      const items = await keptItems(deps, who);
      show(
        ctx,
        <StationPage
          ctx={ctx}
          deps={deps}
          nav="filing"
          title="等着送出"
          heading="存在这台电脑上的申请"
          breadcrumbs={[{ href: '/filing', text: '收件' }, { text: '等着送出' }]}
          scripts={['filing']}
        >
          <KeepMark deps={deps} who={who} />
          <Waiting />
          <KeptForms items={items} />
        </StationPage>,
      );
    }),
  );
  // Kept by every browser, whoever sits at it: it names nobody.
  router.get(OFFLINE, (ctx: HttpContext) => {
    ctx.type = 'html';
    ctx.body = render(<OfflinePage />);
  });
}

/** Tells the script whose page it is, and whether the pages kept by this browser are the latest. */
export function KeepMark({ deps, who }: { deps: PlatformDeps; who: SignedIn }): JSX.Element {
  return <div hidden data-keep={who.accountId} data-version={keptVersion(deps, who)} />;
}

/** Filled by the script: only this computer knows what waits on it. */
function Waiting(): JSX.Element {
  return (
    <>
      <p class="lead">
        断网时填好的申请加密存在这台电脑上，来网后自动送出；退出登录后，别人在这台电脑上打不开。
      </p>
      <noscript>
        <p>这一页要用浏览器的脚本功能。没有脚本时，断网不能受理；请在有网时保存草稿。</p>
      </noscript>
      <div data-waiting aria-live="polite" />
    </>
  );
}

function KeptForms({ items }: { items: readonly KeptItem[] }): JSX.Element {
  return (
    <Card title="断网时也能受理的事项">
      <ul class="kept-forms">
        {items.map(({ code, title, situations }) => (
          <li key={code}>
            <span>{title}</span>
            {situations.map((s) => (
              <a key={s.id} href={formAddress(code, situations.length > 1 ? s.id : undefined)}>
                {s.title}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OfflinePage(): JSX.Element {
  return (
    <Page title="没有连上网络" heading="没有连上服务站" narrow scripts={['filing']} reading={null}>
      <div hidden data-offline />
      <p class="lead">这台电脑现在连不上服务站：网线、路由器或者对方的机器有一处断了。</p>
      <Card title="现在还能做的">
        <ul>
          <li>受理申请：打开下面的“断网受理”，照常填写。填好的存在这台电脑上，来网后自动送出。</li>
          <li>正在填的表不会丢：再打开同一张表，填过的还在。</li>
        </ul>
        <Actions>
          <LinkButton href={WAITING}>断网受理</LinkButton>
          <LinkButton href="">再连一次</LinkButton>
        </Actions>
      </Card>
      <p class="help">查办件、审批、发证、发钱要等来网以后。</p>
    </Page>
  );
}
