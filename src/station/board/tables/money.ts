/** Money that arrived, by scheme and township; certificates that wait in the villages. Pure. */
import { yuan } from '../../../kernel/money.ts';
import { daysBetween } from '../../../kernel/time.ts';
import { listSchemes, type PaidSum } from '../../payouts/index.ts';
import { count, days, type Filters, grouped, median, ranked, sum, words } from '../figures.ts';
import { type Days, rangeText } from '../period.ts';
import type { BoardRow, BoardTable, Figure, Sight } from '../types.ts';

/** Stands for what the ledger of earlier programs tells of the whole county alone. */
export const NOWHERE = 'none';

const money = (fen: number, days_: Days, filters: Filters): Figure => ({
  text: yuan(fen),
  value: fen,
  ...(fen !== 0 && { href: `/board/money?${new URLSearchParams({ ...filters, days: rangeText(days_) })}` }),
});

const ofFen = (rows: readonly PaidSum[]): number => sum(rows, (r) => r.fen);

export function moneyTable({ cubes, period, orgs }: Sight): BoardTable {
  const townOf = ({ villageId }: PaidSum) =>
    villageId === null ? NOWHERE : (orgs.get(villageId).parentId ?? '');
  const nameOf = (id: string) => (id === NOWHERE ? '没有分到乡镇' : orgs.get(id).name);
  const rows = listSchemes().flatMap(({ code, title }): BoardRow[] => {
    const now = cubes.money.filter((m) => m.scheme === code);
    const before = cubes.moneyBefore.filter((m) => m.scheme === code);
    if (now.length === 0 && before.length === 0) return [];
    const row = (id: string, name: string, filters: Filters, a: PaidSum[], b: PaidSum[]): BoardRow => ({
      id: `${code}/${id}`,
      title,
      figures: [
        words(name),
        money(ofFen(a), period, { scheme: code, ...filters }),
        money(ofFen(b), period.before, { scheme: code, ...filters }),
      ],
    });
    const [towns, earlier] = [grouped(now, townOf), grouped(before, townOf)];
    const ids = [...new Set([...towns.keys(), ...earlier.keys()])].sort();
    return [
      row('', '合计', {}, now, before),
      ...ids.map((id) => ({
        ...row(id, nameOf(id), { township: id }, towns.get(id) ?? [], earlier.get(id) ?? []),
        isMore: true as const,
      })),
    ];
  });
  return {
    id: 'money',
    title: '发放到账',
    note: '以总账为准，已经减去查明的多发。',
    head: '项目',
    columns: ['乡镇', `${period.title}（元）`, `${period.before.title}（元）`],
    empty: `${period.title}和${period.before.title}都没有发放到账。`,
    rows,
  };
}

const PIECES = 0;
const LONGEST = 1;

export function certificateTable({ cubes, orgs }: Sight): BoardTable {
  const rows = [...grouped(cubes.waiting, (w) => w.villageId)].map(([village, pieces]) => {
    const waits = pieces.map((p) => daysBetween(p.since, cubes.today));
    const { name, parentId } = orgs.get(village);
    return {
      id: village,
      title: `${parentId === null ? '' : orgs.get(parentId).name}${name}`,
      figures: [
        count(pieces.length, `/certificates?${new URLSearchParams({ lies: village })}`),
        days(Math.max(...waits)),
        days(median(waits.map((value) => ({ value, count: 1 })))),
      ],
    };
  });
  return {
    id: 'certificates',
    title: '证照到村待领',
    head: '村（社区）',
    columns: ['待领（件）', '最长等了（天）', '等待中位数（天）'],
    empty: '没有在村里等人领的证照。',
    rows: ranked(rows, LONGEST, PIECES),
  };
}
