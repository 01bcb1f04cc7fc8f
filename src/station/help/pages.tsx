import type Router from '@koa/router';
import type { JSX } from 'preact';
import { type ErrorCode, notFound } from '../../errors.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import type { RouteContext } from '../../platform/http/index.ts';
import { Card, DefinitionList, LinkButton } from '../../platform/web/index.ts';
import { ERROR_WORDING } from '../../wording.ts';
import { type ShellDeps, StationPage, show } from '../shell.tsx';
import { glossary } from './glossary.ts';
import { HOW_TO, type HowTo } from './guides.ts';

/** Whoever is signed in finds the own chapter first. */
function chaptersFor(who: SignedIn | undefined): HowTo[] {
  const own = HOW_TO.filter((h) => who?.grants.some((g) => h.roles.includes(g.role)));
  return [...own, ...HOW_TO.filter((h) => !own.includes(h))];
}

function Chapter({ howTo }: { howTo: HowTo }): JSX.Element {
  return (
    <Card id={howTo.id} title={howTo.title}>
      <ol class="plain-list">
        {howTo.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Card>
  );
}

/** `/help`, `/glossary`, and `/problems/:code`, to which the API's problems point. */
export function mountHelpPages(router: Router, deps: ShellDeps): void {
  router.get('/help', (ctx: RouteContext) => {
    show(
      ctx,
      <StationPage ctx={ctx} deps={deps} title="帮助" heading="怎样使用" nav="help">
        <p class="lead">
          名词不明白？看<a href="/glossary">名词解释</a>。
          {ctx.state.actor && (
            <>
              查看岗位、修改密码，打开<a href="/account">我的账号</a>。
            </>
          )}
        </p>
        {chaptersFor(ctx.state.actor).map((howTo) => (
          <Chapter key={howTo.id} howTo={howTo} />
        ))}
      </StationPage>,
    );
  });
  router.get('/glossary', (ctx: RouteContext) => {
    show(
      ctx,
      <StationPage
        ctx={ctx}
        deps={deps}
        title="名词解释"
        heading="名词解释"
        nav="help"
        breadcrumbs={[{ href: '/help', text: '帮助' }, { text: '名词解释' }]}
      >
        <Card>
          <DefinitionList
            items={glossary().map(({ term, meaning }) => ({ term, detail: meaning, wide: true }))}
          />
        </Card>
      </StationPage>,
    );
  });
  router.get('/problems/:code', (ctx: RouteContext) => {
    const code = ctx.params.code as ErrorCode;
    if (!Object.hasOwn(ERROR_WORDING, code)) throw notFound();
    show(
      ctx,
      <StationPage ctx={ctx} deps={deps} title="错误说明" heading="错误说明" nav="help" narrow>
        <Card title={ERROR_WORDING[code]}>
          <p>
            错误代码 <code>{code}</code>
          </p>
          <LinkButton href="/help">查看帮助</LinkButton>
        </Card>
      </StationPage>,
    );
  });
}
