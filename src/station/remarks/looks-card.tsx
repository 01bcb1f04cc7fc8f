import type { JSX } from 'preact';
import { chineseDateTime } from '../../kernel/time.ts';
import { Card, EmptyState, Table } from '../../platform/web/index.ts';
import type { LookLine } from './looks.ts';

const WORDS: Record<string, string> = {
  'case.view': '打开办件页（当天第一次）',
  'case.reveal': '查看完整证件号',
  'material.view': '查看材料',
  'paper.print': '打印文书',
  'certificate.print': '打印证照',
  'roster.download': '下载名册',
};

/** 谁看过: full numbers, files, prints, and who opened the page on which day. */
export function LooksCard({ looks }: { looks: readonly LookLine[] }): JSX.Element {
  return (
    <Card id="looks" title="谁看过">
      <p class="help">查看完整证件号和打印每次都记；打开办件页和材料，每人每天记一次。最近的在前。</p>
      <Table
        caption="查看记录"
        captionHidden
        rows={looks}
        rowKey={(l, i) => `${l.at}-${i}`}
        empty={<EmptyState title="还没有人看过" />}
        columns={[
          { title: '谁', head: true, nowrap: true, cell: (l) => l.name },
          { title: '做了什么', cell: (l) => [WORDS[l.act], l.what].filter(Boolean).join('：') },
          { title: '什么时候', nowrap: true, cell: (l) => chineseDateTime(l.at) },
        ]}
      />
    </Card>
  );
}
