import { localDate } from '../../../kernel/time.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { leftOut } from '../../../workflow/compile.ts';
import type { Definition } from '../../../workflow/types.ts';
import type { FullCase } from '../../cases/index.ts';
import { deathsAmong } from '../../deaths.ts';
import { personKey } from '../../persons.ts';
import { checkRows, type FoundRow, type Known, type OtherCase, personOf, rowKey } from '../rules/check.ts';
import { type Form, type RosterTable, rowsOf, tableOf, yearOf } from '../rules/table.ts';
import {
  findCheck,
  listPersonCases,
  listSameRows,
  type PersonCase,
  type RosterCheck,
  saveCheck,
  saveKeys,
} from '../store.ts';
import type { RosterDeps } from '../types.ts';

/**
 * Compare the roster of a case when it enters a check step: what is found is kept for the officer. Once for an
 * event; a repeat compares again.
 * @param form as it was handed in last
 */
export async function checkRoster(
  trx: Trx,
  deps: RosterDeps,
  full: FullCase,
  { form, step, seq, at }: { form: Form; step: string; seq: number; at: string },
): Promise<void> {
  const { row, pinned } = full;
  const table = tableOf(pinned.definition, row.situation, pinned.formFor(row.situation));
  if (!table) throw new Error(`case ${row.id} has no roster to check`);
  const year = yearOf(table.spec, form);
  if (year === null) throw new Error(`the roster of case ${row.id} tells no year`);
  const rows = rowsOf(table, form);
  const keys = rows.flatMap((r, i) => {
    const key = rowKey(table, r);
    return key === null ? [] : [{ row: i + 1, key }];
  });
  const batch = { caseId: row.id, item: row.itemCode, year };
  await saveKeys(trx, deps.vault, { ...batch, keys: distinct(keys) });
  const known = await knownOf(trx, deps, full, table, {
    year,
    persons: [...new Set(rows.map((r) => personOf(table, r)))],
    keys: [...new Set(keys.map((k) => k.key))],
  });
  const found = checkRows(table, rows, year, known);
  await saveCheck(trx, deps.vault, { caseId: row.id, seq, at, step, rows: rows.length, found });
}

/** A key once: rows that repeat it are found inside the table. */
const distinct = <T extends { key: string }>(all: readonly T[]): T[] => [
  ...new Map([...all].reverse().map((one) => [one.key, one])).values(),
];

async function knownOf(
  trx: Trx,
  deps: RosterDeps,
  { row, pinned }: FullCase,
  table: RosterTable,
  { year, persons, keys }: { year: number; persons: string[]; keys: string[] },
): Promise<Known> {
  const { definition } = pinned;
  const of = { caseId: row.id, item: row.itemCode, year, keys };
  const [deaths, cases, same] = [
    await deathsOf(trx, deps, persons),
    await listPersonCases(trx, deps.vault, {
      item: row.itemCode,
      persons,
      without: table.spec.situations,
    }),
    await listSameRows(trx, deps.vault, of),
  ];
  const batches = same.map((s) => ({ ...s, village: deps.orgs.get(s.villageId).name }));
  return {
    deaths,
    cases: grouped(
      cases,
      (c) => c.idNumber,
      (c) => otherCase(definition, table, c),
    ),
    batches: grouped(
      batches,
      (s) => s.key,
      ({ number, village, row: at }) => ({ number, village, row: at }),
    ),
  };
}

function grouped<T, V>(
  all: readonly T[],
  keyOf: (one: T) => string,
  toValue: (one: T) => V,
): Map<string, V[]> {
  const found = new Map<string, V[]>();
  for (const one of all) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), toValue(one)]);
  return found;
}

/** Registered deaths, by identity number. */
async function deathsOf(
  trx: Trx,
  { vault }: RosterDeps,
  persons: readonly string[],
): Promise<Known['deaths']> {
  const keys = new Map(persons.map((p) => [personKey(vault, p), p]));
  const deaths = await deathsAmong(trx, vault, [...keys.keys()]);
  return new Map([...deaths].map(([key, death]) => [keys.get(key) as string, death]));
}

function otherCase(definition: Definition, { spec }: RosterTable, c: PersonCase): OtherCase {
  const situation = definition.situations.find((s) => s.id === c.situation);
  const pays = definition.steps.some(
    (s) => s.kind === 'decide' && s.pays !== undefined && !leftOut(definition, s).includes(c.situation),
  );
  return {
    number: c.number,
    situationTitle: situation?.title ?? c.situation,
    part: c.part,
    outcome: c.outcome,
    pays,
    year: yearOf(spec, c.form) ?? Number(localDate(c.receivedAt).slice(0, 4)),
    decidedOn: c.decidedOn,
  };
}

export type CheckView = RosterCheck & { checkedAt: string; found: FoundRow[] };

/** The latest comparison of a case's roster; undefined before it came to one. */
export const findRosterCheck = (
  deps: Pick<RosterDeps, 'db' | 'vault'>,
  caseId: string,
): Promise<CheckView | undefined> => findCheck(deps.db.read, deps.vault, caseId);
