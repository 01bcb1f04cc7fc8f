/** A list to be printed: the first lines, nothing to press. */
import type Router from '@koa/router';
import { chineseDateTime } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { EmptyState, Table } from '../../../platform/web/index.ts';
import type { CaseDeps } from '../../cases/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import { firstLines, MOST_PRINTED, textsOf } from '../export.ts';
import { stateOf } from '../state.ts';
import { filterWords, listOf, TITLES } from './scene.ts';

export function mountPrint(router: Router, deps: CaseDeps): void {
  router.get(
    '/worklists/:list/print',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      const list = listOf(ctx);
      const state = await stateOf(deps, who, list, ctx.query);
      const { lines, hasMore } = await firstLines(deps, who, {
        list,
        filters: state.filters,
        most: MOST_PRINTED,
      });
      const words = filterWords(deps, state);
      const texts = textsOf(state.columns);
      show(
        ctx,
        <StationPage
          ctx={ctx}
          deps={deps}
          title={`${TITLES[list]}清单`}
          heading={`${TITLES[list]}清单`}
          nav={list}
        >
          <p class="lead">
            {who.name} · {chineseDateTime(deps.clock.now())}
            {words.length > 0 && ` · ${words.join('、')}`} ·{' '}
            {hasMore ? `前 ${MOST_PRINTED} 件` : `共 ${lines.length} 件`}
          </p>
          <p class="help screen-only">用浏览器的打印（Ctrl+P）打印这一页。</p>
          <Table
            caption={`${TITLES[list]}清单`}
            captionHidden
            columns={texts.map(({ title, text }, i) => ({ title, cell: text, head: i === 0 }))}
            rows={lines}
            rowKey={(c) => c.id}
            empty={<EmptyState title="没有符合条件的办件" />}
          />
        </StationPage>,
      );
    }),
  );
}
