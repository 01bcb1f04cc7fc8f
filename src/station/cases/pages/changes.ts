/** What changed between two forms of a case, and between two bundles of its materials. Pure. */
import { canonicalJson } from '../../../kernel/canonical.ts';
import { leafText, placeLabel, pruneHidden } from '../../../platform/web/index.ts';
import { type FormSchema, isRecord } from '../../../workflow/form-schema.ts';

export interface Change {
  /** In the earlier form; of an added row or value in the new one. `/form/…` or `/materials/…`. */
  pointer: string;
  label: string;
  kind: 'changed' | 'added' | 'removed';
  /** As people read it, numbers of persons masked; empty where there was nothing. */
  before: string;
  after: string;
  /** Both read the same because the numbers are masked. */
  hidden?: true;
}

/** A file as the log names it when a case is handed in. */
export interface HandedFile {
  material: string;
  name: string;
  sha256: string;
}

type Row = Record<string, unknown>;

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

/** Every field that differs, in the order of the form; of rows those that came, went or changed. */
export function formChanges(schema: FormSchema, before: Row, after: Row): Change[] {
  const [old, now] = [pruneHidden(schema, before), pruneHidden(schema, after)];
  return within({ schema, at: schema, pointer: '', old, now });
}

interface Spot {
  /** The whole form, for the names of places. */
  schema: FormSchema;
  at: FormSchema;
  pointer: string;
  old: unknown;
  now: unknown;
}

function within(spot: Spot): Change[] {
  const { at, pointer, old, now } = spot;
  if (same(old, now)) return [];
  if (at.properties)
    return Object.entries(at.properties).flatMap(([name, child]) =>
      within({
        ...spot,
        at: child,
        pointer: `${pointer}/${name}`,
        old: isRecord(old) ? old[name] : undefined,
        now: isRecord(now) ? now[name] : undefined,
      }),
    );
  return at.items?.properties ? rowChanges(spot, at.items) : [leafChange(spot)];
}

function leafChange({ schema, at, pointer, old, now }: Spot): Change {
  const [before, after] = [leafText(at, old), leafText(at, now)];
  const label = placeLabel(schema, pointer);
  const kind = before === '' ? 'added' : after === '' ? 'removed' : 'changed';
  return {
    pointer: `/form${pointer}`,
    label,
    kind,
    before,
    after,
    ...(before === after && { hidden: true }),
  };
}

/** Rows that are the same person or thing are compared field by field; the others came or went. */
function rowChanges(spot: Spot, items: FormSchema): Change[] {
  const [old, now] = [rowsOf(spot.old), rowsOf(spot.now)];
  const pairs = paired(items, old, now);
  const label = (i: number) => placeLabel(spot.schema, `${spot.pointer}/${i}`);
  return [
    ...pairs.flatMap(([i, j]) =>
      within({ ...spot, at: items, pointer: `${spot.pointer}/${i}`, old: old[i], now: now[j] }),
    ),
    ...without(
      old,
      pairs.map(([i]) => i),
    ).map(
      (i): Change => ({
        pointer: `/form${spot.pointer}/${i}`,
        label: label(i),
        kind: 'removed',
        before: rowText(items, old[i] as Row),
        after: '',
      }),
    ),
    ...without(
      now,
      pairs.map(([, j]) => j),
    ).map(
      (j): Change => ({
        pointer: `/form${spot.pointer}/${j}`,
        label: label(j),
        kind: 'added',
        before: '',
        after: rowText(items, now[j] as Row),
      }),
    ),
  ];
}

const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRecord) : []);

const without = (rows: readonly Row[], taken: readonly number[]): number[] => {
  const used = new Set(taken);
  return rows.flatMap((_, i) => (used.has(i) ? [] : [i]));
};

/** Which row became which: the same content first, then the same number or name, then the same place. */
function paired(items: FormSchema, old: readonly Row[], now: readonly Row[]): [number, number][] {
  const keys = [
    (row: Row) => canonicalJson(row),
    ...identifying(items).map((name) => (row: Row) => (row[name] === undefined ? '' : String(row[name]))),
    (_: Row, i: number) => String(i),
  ];
  const pairs: [number, number][] = [];
  for (const key of keys) {
    const waiting = new Map<string, number[]>();
    for (const j of without(
      now,
      pairs.map(([, n]) => n),
    )) {
      const name = key(now[j] as Row, j);
      if (name !== '') waiting.set(name, [...(waiting.get(name) ?? []), j]);
    }
    for (const i of without(
      old,
      pairs.map(([o]) => o),
    )) {
      const j = waiting.get(key(old[i] as Row, i))?.shift();
      if (j !== undefined) pairs.push([i, j]);
    }
  }
  return pairs.sort(([a], [b]) => a - b);
}

/** Fields that tell rows apart: the number of a person, then a name. */
const identifying = (items: FormSchema): string[] => {
  const names = Object.entries(items.properties ?? {});
  return [...names.filter(([, c]) => c.format === 'cn-id'), ...names.filter(([n]) => n === 'name')].map(
    ([name]) => name,
  );
};

const rowText = (items: FormSchema, row: Row): string =>
  Object.entries(items.properties ?? {})
    .map(([name, node]) => (row[name] === undefined ? '' : leafText(node, row[name])))
    .filter((text) => text !== '')
    .join('，');

/** Materials with other files than before, told by the content of the files and not by their names. */
export function materialChanges(
  titles: Readonly<Record<string, string>>,
  before: readonly HandedFile[],
  after: readonly HandedFile[],
): Change[] {
  const ids = [...new Set([...before, ...after].map((f) => f.material))];
  return ids.flatMap((id): Change[] => {
    const [old, now] = [before, after].map((files) => files.filter((f) => f.material === id));
    const gone = fresh(old as HandedFile[], now as HandedFile[]);
    const come = fresh(now as HandedFile[], old as HandedFile[]);
    if (gone.length + come.length === 0) return [];
    const pointer = `/materials/${id}`;
    const kind = gone.length === 0 ? 'added' : come.length === 0 ? 'removed' : 'changed';
    const label = titles[pointer] ?? id;
    return [{ pointer, label, kind, before: gone.join('、'), after: come.join('、') }];
  });
}

/** Names of the files whose content the other bundle has not. */
const fresh = (files: readonly HandedFile[], others: readonly HandedFile[]): string[] =>
  files.filter((f) => !others.some((o) => o.sha256 === f.sha256)).map((f) => f.name);

/** Places that were to be mended and in which, above which and below which nothing changed. */
export const unmended = (targets: readonly string[], changes: readonly Change[]): string[] =>
  targets.filter(
    (target) =>
      !changes.some(
        ({ pointer }) =>
          pointer === target || pointer.startsWith(`${target}/`) || target.startsWith(`${pointer}/`),
      ),
  );
