/** The register's filters as an address says them, and the register as a spreadsheet. Pure. */
import { csvText } from '../../kernel/csv.ts';
import { CUSTODY_WORDS, STATE_WORDS } from './present.ts';
import type { RegisterFilter, RegisterView } from './queries/register.ts';

const NAMES = ['text', 'item', 'state', 'custody', 'lies', 'expiresBy', 'renewBy', 'after'] as const;

/** Filters of an address; what is none is left out. */
export function filterOf(query: Record<string, unknown>): RegisterFilter {
  const said = NAMES.flatMap((name) => {
    const value = query[name];
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()] as const] : [];
  });
  return { ...Object.fromEntries(said), ...(query.proposed === '1' && { isProposed: true as const }) };
}

/** The filter as an address. */
export function addressOf(filter: RegisterFilter, path = '/certificates'): string {
  const { isProposed, idNumber: _never, ...plain } = filter;
  const query = new URLSearchParams([
    ...Object.entries(plain).map(([k, v]): [string, string] => [k, String(v)]),
    ...(isProposed ? [['proposed', '1'] as [string, string]] : []),
  ]);
  return query.size > 0 ? `${path}?${query}` : path;
}

const COLUMNS: readonly [string, (c: RegisterView) => string | null][] = [
  ['证照名称', (c) => c.title],
  ['编号', (c) => c.number],
  ['持证人', (c) => c.holderName],
  ['事项', (c) => c.itemTitle],
  ['村（社区）', (c) => c.villageName],
  ['颁发机关', (c) => c.organ.name],
  ['颁发日期', (c) => c.issuedOn],
  ['有效期至', (c) => c.expiresOn ?? (c.issuedOn === null ? null : '长期')],
  ['延续申请截止', (c) => c.renewBy],
  ['状态', (c) => STATE_WORDS[c.state]],
  ['在哪里', (c) => CUSTODY_WORDS[c.custody]],
  ['所在单位', (c) => c.placeName],
  ['领取时间', (c) => c.collectedAt],
];

export const registerCsv = (lines: readonly RegisterView[]): string =>
  csvText([COLUMNS.map(([title]) => title), ...lines.map((c) => COLUMNS.map(([, of]) => of(c) ?? ''))], {
    allTexts: true,
  });
