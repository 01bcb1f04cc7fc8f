/** The whole of a package on its way, and the list of them. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { chineseDateTime } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { Badge, EmptyState, Pager, Table } from '../../../platform/web/index.ts';
import type { CaseDeps } from '../../cases/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import { getPackage, listPackageCases } from '../queries.ts';
import { ChildrenCard, NowCard, TermsCard } from './show-view.tsx';

/** `/package-cases` and `/package-cases/:id` */
export function mountShow(router: Router, deps: CaseDeps): void {
  router.get(
    '/package-cases',
    staffPage(async (ctx) => {
      const after = typeof ctx.query.after === 'string' ? ctx.query.after.slice(0, 26) : undefined;
      const { packages, next } = await listPackageCases(deps, requireSession(ctx), after ? { after } : {});
      show(
        ctx,
        <StationPage
          ctx={ctx}
          deps={deps}
          nav="cases"
          title="正在办的一件事"
          heading="正在办的一件事"
          breadcrumbs={[{ href: '/packages', text: '一件事一次办' }, { text: '正在办的' }]}
        >
          <PackageTable packages={packages} />
          <Pager next={next === null ? null : `/package-cases?after=${next}`} />
        </StationPage>,
      );
    }),
  );
  router.get(
    '/package-cases/:id',
    staffPage(async (ctx) => {
      const view = await getPackage(deps, requireSession(ctx), ctx.params.id as string);
      const name = view.applicantName || '（未填姓名）';
      show(
        ctx,
        <StationPage
          ctx={ctx}
          deps={deps}
          nav="cases"
          title={`${name} · ${view.title}`}
          heading={view.title}
          breadcrumbs={[
            { href: '/packages', text: '一件事一次办' },
            { href: '/package-cases', text: '正在办的' },
            { text: name },
          ]}
        >
          <p class="lead">
            {name} · {view.village.name} · {view.number ?? '还没有提交'}
          </p>
          <NowCard view={view} />
          <ChildrenCard view={view} />
          <TermsCard view={view} />
        </StationPage>,
      );
    }),
  );
}

function PackageTable({
  packages,
}: {
  packages: Awaited<ReturnType<typeof listPackageCases>>['packages'];
}): JSX.Element {
  return (
    <Table
      caption="我能看到的一件事"
      captionHidden
      rows={packages}
      rowKey={(p) => p.id}
      empty={
        <EmptyState title="还没有一件事">
          <a href="/packages">看看有哪些套餐</a>
        </EmptyState>
      }
      columns={[
        {
          title: '申请人',
          head: true,
          cell: (p) => (
            <a href={`/package-cases/${p.id}${p.state === 'draft' ? '/edit' : ''}`}>
              {p.applicantName || '（未填姓名）'}
            </a>
          ),
        },
        { title: '一件事', cell: (p) => p.title },
        { title: '村（社区）', cell: (p) => p.villageName },
        {
          title: '提交',
          cell: (p) => <div>{p.filedAt === null ? <Badge text="草稿" /> : chineseDateTime(p.filedAt)}</div>,
        },
        { title: '编号', cell: (p) => p.number ?? '提交后生成' },
      ]}
    />
  );
}
