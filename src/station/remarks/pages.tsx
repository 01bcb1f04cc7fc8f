import type Router from '@koa/router';
import { chineseDateTime } from '../../kernel/time.ts';
import { requireSession } from '../../people/accounts/index.ts';
import type { RouteContext } from '../../platform/http/index.ts';
import { Badge, EmptyState, LinkButton, Pager, Table } from '../../platform/web/index.ts';
import { leaveFlash, type ShellDeps, StationPage, seeOther, show, staffPage } from '../shell.tsx';
import { listMentions, type MentionLine, markRead, strike } from './commands.ts';
import { afterAnswer } from './looks.ts';
import type { CaseGate, RemarkDeps } from './types.ts';

type PageDeps = RemarkDeps & ShellDeps;

const ID = /^[0-9a-z]{26}$/;

/** `/mentions`: where colleagues want somebody to look; and taking back a remark. */
export function remarkPages(router: Router, deps: PageDeps, gate: CaseGate): void {
  router.get(
    '/mentions',
    staffPage(async (ctx) => {
      const { after } = ctx.query;
      const from = typeof after === 'string' && ID.test(after) ? after : undefined;
      const who = requireSession(ctx);
      const { lines, next } = await listMentions(deps, gate, who, from);
      show(
        ctx,
        <StationPage ctx={ctx} deps={deps} title="提到我的" heading="提到我的" nav="inbox">
          <p class="lead">同事在办件里留言提到您的，最近的在前。打开办件就算读过。</p>
          <Table
            caption="提到我的留言"
            captionHidden
            list
            rows={lines}
            rowKey={(l) => l.remark.id}
            empty={
              <EmptyState title="没有提到您的留言">
                同事在办件页的“内部留言”里选了您，会出现在这里。
              </EmptyState>
            }
            columns={[
              { title: '办件', head: true, cell: (l) => <CaseLink line={l} /> },
              { title: '留言', cell: (l) => <Text line={l} /> },
              { title: '谁', nowrap: true, cell: (l) => l.remark.authorName },
              { title: '什么时候', nowrap: true, cell: (l) => chineseDateTime(l.remark.at) },
            ]}
          />
          {from !== undefined && (
            <p>
              <LinkButton kind="quiet" href="/mentions">
                回到第一页
              </LinkButton>
            </p>
          )}
          <Pager next={next === null ? null : `/mentions?after=${next}`} />
        </StationPage>,
      );
      // What is no longer his to open would be counted for ever.
      const gone = lines.filter((l) => l.unread && l.caseTitle === null).map((l) => l.remark.caseId);
      if (gone.length > 0)
        afterAnswer(ctx, deps, async () => {
          for (const id of new Set(gone)) await markRead(deps, who, id);
        });
    }),
  );
  router.post('/cases/:id/remarks/:remark/strike', async (ctx: RouteContext) => {
    const { id = '', remark = '' } = ctx.params as Record<string, string>;
    await strike(deps, gate, requireSession(ctx), id, remark);
    leaveFlash(ctx, 'done', '已划去这条留言，原文仍留着。');
    seeOther(ctx, `/cases/${id}#remarks`);
  });
}

function CaseLink({ line: { remark, caseTitle, unread } }: { line: MentionLine }) {
  if (caseTitle === null) return <span class="help">您现在不能查看这件事项</span>;
  return (
    <div>
      <a href={`/cases/${remark.caseId}#remark-${remark.id}`} data-row-link>
        {caseTitle}
      </a>{' '}
      {unread && <Badge tone="info" text="未读" />}
    </div>
  );
}

function Text({ line: { remark, caseTitle } }: { line: MentionLine }) {
  if (caseTitle === null) return <span class="help">—</span>;
  return remark.struckAt === null ? <span>{remark.text}</span> : <s>{remark.text}</s>;
}
