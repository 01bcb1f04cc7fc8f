/** A table of people who get accounts: what its lines say, and what is wrong with them. */
import { AppError, type Fault, invalid } from '../../../../errors.ts';
import type { GridLine } from '../../../../kernel/csv.ts';
import { isLocalDate } from '../../../../kernel/time.ts';
import { type Applicant, listRoles, MOST_AT_ONCE } from '../../../../people/accounts/index.ts';
import type { OrgMap } from '../../../../people/orgs/index.ts';
import { isFault, orgNamed } from '../places.ts';

export const COLUMNS = ['姓名', '账号', '岗位', '机构', '连同下级', '起', '止'] as const;

/** One line, with what is wrong in it at `/<column>`. */
export interface ReadLine {
  line: number;
  applicant: Applicant;
  faults: Fault[];
}

const textOf = (cell: unknown): string => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return cell === null || cell === undefined ? '' : String(cell).trim();
};

/**
 * The lines under the heading.
 * @throws AppError 422 when the heading is another one, or there are none or too many
 */
export function readLines(
  grid: readonly GridLine[],
  orgs: OrgMap,
  roots: readonly string[],
  today: string,
): ReadLine[] {
  const [heading, ...lines] = grid;
  if (!heading || COLUMNS.some((title, i) => textOf(heading.cells[i]) !== title))
    throw invalid([{ pointer: '/file', message: `第一行应为：${COLUMNS.join('、')}` }]);
  if (lines.length === 0) throw invalid([{ pointer: '/file', message: '表里没有人' }]);
  if (lines.length > MOST_AT_ONCE)
    throw invalid([
      { pointer: '/file', message: `一次最多 ${MOST_AT_ONCE} 人，这张表有 ${lines.length} 人，请分开` },
    ]);
  return lines.map(({ line, cells }) => ({ line, ...readLine(cells.map(textOf), orgs, roots, today) }));
}

function readLine(cells: string[], orgs: OrgMap, roots: readonly string[], today: string) {
  const [name = '', login = '', roleTitle = '', place = '', below = '', from = '', to = ''] = cells;
  const role = listRoles().find((r) => r.title === roleTitle || r.id === roleTitle);
  const org = orgNamed(orgs, roots, place, '/org');
  const faults: Fault[] = [];
  if (!role) faults.push({ pointer: '/role', message: `没有“${roleTitle}”这个岗位` });
  if (isFault(org)) faults.push(org);
  if (!['', '是', '否'].includes(below))
    faults.push({ pointer: '/subtree', message: '“连同下级”填“是”或“否”' });
  for (const [pointer, day] of [
    ['/from', from],
    ['/to', to],
  ] as const)
    if (day !== '' && !isLocalDate(day))
      faults.push({ pointer, message: `“${day}”不是日期，应为 2026-09-28 这样` });
  const grant = {
    role: role?.id ?? '',
    org: isFault(org) ? '' : org.id,
    subtree: below === '是',
    from: from || today,
    to: to || null,
  };
  const isSound = faults.length === 0;
  return { applicant: { name, login, grants: isSound ? [grant] : [] }, faults };
}

/** Faults of the first applicant, at the fields of a form for one. */
export async function atFields<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || !error.faults) throw error;
    throw invalid(error.faults.map((f) => ({ ...f, pointer: fieldAt(f.pointer) })));
  }
}

const fieldAt = (pointer: string): string => {
  const own = pointer.replace(/^\/0/, '').replace(/^\/grants\/0/, '');
  return own === '/grants' ? '/role' : own;
};
