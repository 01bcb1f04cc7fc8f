/** The pay-list on the page of its case. */
import type { JSX } from 'preact';
import { yuan } from '../../../kernel/money.ts';
import { Actions, Card, DefinitionList, LinkButton, Table } from '../../../platform/web/index.ts';
import type { PayList } from '../rules/paylist.ts';

/** The sum of the pay-list, its files, and who was struck out. */
export function PayListCard({ caseId, list }: { caseId: string; list: PayList | null }): JSX.Element | null {
  if (!list) return null;
  const href = (file: string, more = '') => `/api/cases/${caseId}/${file}?step=${list.step}${more}`;
  return (
    <Card id="paylist" title="发放名单">
      <DefinitionList
        items={[
          { term: '人数', detail: `${list.rows.length} 人` },
          { term: '合计', detail: `${yuan(list.total)} 元` },
          { term: '大写', detail: list.capitals, wide: true },
          { term: '校验码', detail: <code class="break">{list.checksum}</code>, wide: true },
        ]}
      />
      <Actions>
        <LinkButton href={href('paylist.csv')}>下载名单（UTF-8）</LinkButton>
        <LinkButton href={href('paylist.csv', '&encoding=gb18030')}>下载名单（GB 18030）</LinkButton>
      </Actions>
      <p class="help">文件里有完整的身份证号和账号，每次下载都记录在案。</p>
      {list.struck.length > 0 && (
        <>
          <h3>剔除的 {list.struck.length} 行</h3>
          <Table
            caption="剔除的行"
            captionHidden
            rows={list.struck}
            rowKey={(s) => String(s.row)}
            columns={[
              { title: '行', numeric: true, cell: (s) => s.row },
              { title: '姓名', head: true, cell: (s) => s.name },
              { title: '理由', cell: (s) => s.reason },
            ]}
          />
          <p>
            <LinkButton kind="quiet" href={href('paylist/struck.csv')}>
              下载剔除名单
            </LinkButton>
          </p>
        </>
      )}
    </Card>
  );
}
