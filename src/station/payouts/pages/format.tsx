/** `/payouts/format`: how the bank's files are laid out. */
import type Router from '@koa/router';
import { requireSession } from '../../../people/accounts/index.ts';
import { Badge, Card, Table } from '../../../platform/web/index.ts';
import { staffPage } from '../../shell.tsx';
import { LAYOUT_RULES, layoutTables, RESULTS } from '../bank/index.ts';
import { type PageDeps, page } from './parts.tsx';

export function mountFormat(router: Router, deps: PageDeps): void {
  router.get(
    '/payouts/format',
    staffPage((ctx) => {
      requireSession(ctx);
      page(
        ctx,
        deps,
        {
          title: '银行文件格式',
          section: 'format',
          lead: '代发文件由本系统生成，回盘文件由银行按同样的规则生成。给银行的技术人员看的说明，可以打印。',
        },
        <>
          <Card title="共同的规则">
            <ul class="plain-list">
              {LAYOUT_RULES.map((rule) => (
                <li key={rule}>{rule}</li>
              ))}
            </ul>
          </Card>
          {layoutTables().map(({ title, fields }) => (
            <Card key={title}>
              <Table
                caption={title}
                rows={fields}
                rowKey={(f) => f.title}
                columns={[
                  { title: '字段', head: true, nowrap: true, cell: (f) => f.title },
                  { title: '字节', numeric: true, nowrap: true, cell: (f) => `${f.from}–${f.to}` },
                  { title: '宽度', numeric: true, cell: (f) => f.width },
                  { title: '写法', cell: (f) => f.kind },
                  { title: '说明', cell: (f) => f.note || '—' },
                ]}
              />
            </Card>
          ))}
          <Card>
            <Table
              caption="回盘结果码"
              rows={RESULTS}
              rowKey={(r) => r.code}
              columns={[
                { title: '结果码', head: true, cell: (r) => <code>{r.code}</code> },
                { title: '含义', cell: (r) => r.words },
                {
                  title: '结果',
                  cell: (r) =>
                    r.outcome === 'paid' ? (
                      <Badge tone="done" text="已付" />
                    ) : (
                      <Badge tone="danger" text="退回" />
                    ),
                },
              ]}
            />
          </Card>
        </>,
      );
    }),
  );
}
