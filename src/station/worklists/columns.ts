/** The columns a list may have, each as plain text: what is printed and exported, and read on the page. Pure. */
import { chineseDate } from '../../kernel/time.ts';
import { endText, type ListedCase, leftText } from '../cases/index.ts';
import type { ListId } from './filters.ts';

export type ColumnId = 'term' | 'item' | 'village' | 'state' | 'number' | 'claim' | 'received' | 'desk';

export interface ColumnText {
  id: ColumnId;
  title: string;
  text(line: ListedCase): string;
}

export const stateText = (line: ListedCase): string => (line.phase === 'draft' ? '草稿' : line.stateTitle);

/** `超过 2 个工作日（2026年11月25日）` */
function termText(line: ListedCase): string {
  if (line.light === null) return '';
  const end = endText({ ...line, due: line.nextDue });
  const left = line.phase === 'kept' ? '' : leftText(line);
  return left === '' ? end : `${left}（${end}）`;
}

export const claimText = ({ claims }: ListedCase): string =>
  claims
    .map(({ name, isMine, fromName }) => (isMine ? (fromName ? `我（${fromName}转来）` : '我') : name))
    .join('、');

export const COLUMNS: readonly ColumnText[] = [
  { id: 'term', title: '期限', text: termText },
  { id: 'item', title: '事项', text: (c) => c.itemTitle },
  { id: 'village', title: '村（社区）', text: (c) => c.villageName },
  { id: 'state', title: '状态', text: stateText },
  { id: 'claim', title: '领办', text: claimText },
  { id: 'desk', title: '所在岗位', text: (c) => c.desks.map((d) => d.orgName).join('、') },
  {
    id: 'received',
    title: '收件日期',
    text: (c) => (c.receivedAt === null ? '' : chineseDate(c.receivedAt.slice(0, 10))),
  },
  { id: 'number', title: '办件编号', text: (c) => c.number ?? '' },
];

/** What a list shows before anybody chooses. */
export const USUAL: Record<ListId, readonly ColumnId[]> = {
  inbox: ['term', 'item', 'village', 'state', 'claim', 'number'],
  cases: ['term', 'item', 'village', 'state', 'desk', 'number'],
};

/** The columns among what was sent, in the order they are drawn. */
export const columnsOf = (sent: readonly string[]): ColumnId[] =>
  COLUMNS.map((c) => c.id).filter((id) => sent.includes(id));
