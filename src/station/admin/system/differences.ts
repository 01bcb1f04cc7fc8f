/** What one version of an item says otherwise than another, place by place. Pure. */
import type { Pinned } from '../../../platform/definitions/index.ts';

/** A place that differs; null: it is not there. */
export interface Difference {
  /** `环节 › 县级审核 › days` */
  place: string;
  before: string | null;
  after: string | null;
}

/** Parts of an item, in the order in which an official reads them. */
const PARTS: Record<string, string> = {
  title: '名称',
  department: '主管部门',
  authority: '实施机关',
  kind: '类型',
  basis: '依据',
  conditions: '条件',
  quota: '数量',
  situations: '情形',
  materials: '材料',
  terms: '期限',
  steps: '环节',
  rules: '规则',
  certificates: '证照',
  remedies: '救济',
  followUp: '后续',
  form: '表单',
  forms: '表单',
};

/** Keys of values that stand in lists: an entry is the same one where it was moved. */
const NAMES = ['id', 'name', 'code', 'office'];

interface Leaf {
  place: string;
  text: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function nameOf(entry: unknown, index: number): { key: string; title: string } {
  if (!isObject(entry)) return { key: String(index), title: `第 ${index + 1} 项` };
  const key = NAMES.map((n) => entry[n]).find((v): v is string => typeof v === 'string');
  if (key === undefined) return { key: String(index), title: `第 ${index + 1} 项` };
  const title = typeof entry.title === 'string' ? `${entry.title}（${key}）` : key;
  return { key, title };
}

/** Every value with its place; lists of plain values are one value. */
function leaves(value: unknown, key: string, place: string[], into: Map<string, Leaf>): void {
  if (isObject(value)) {
    for (const [name, v] of Object.entries(value))
      leaves(v, `${key}/${name}`, [...place, place.length === 0 ? (PARTS[name] ?? name) : name], into);
  } else if (Array.isArray(value) && value.some(isObject)) {
    for (const [i, entry] of value.entries()) {
      const named = nameOf(entry, i);
      leaves(entry, `${key}/${named.key}`, [...place, named.title], into);
    }
    into.set(key, {
      place: [...place, '顺序'].join(' › '),
      text: value.map((entry, i) => nameOf(entry, i).key).join('、'),
    });
  } else {
    const text = Array.isArray(value) ? value.map(String).join('；') : String(value);
    into.set(key, { place: place.join(' › '), text });
  }
}

/** What of a version is compared: all that was written; the machine follows from it. */
function written({ definition, formFor }: Pinned): Map<string, Leaf> {
  const { version: _, ...own } = definition;
  const forms = Object.fromEntries(
    definition.situations.map((s) => {
      const { examples: __, ...form } = formFor(s.id);
      return [s.title, form];
    }),
  );
  const into = new Map<string, Leaf>();
  leaves({ ...own, forms }, '', [], into);
  return into;
}

/** Places that differ, in the order of the later version; what is gone stands at the end. */
export function differencesOf(before: Pinned, after: Pinned): Difference[] {
  const [was, is] = [written(before), written(after)];
  const changed = [...is].flatMap(([key, leaf]): Difference[] => {
    const old = was.get(key);
    return old?.text === leaf.text
      ? []
      : [{ place: leaf.place, before: old?.text ?? null, after: leaf.text }];
  });
  const gone = [...was].filter(([key]) => !is.has(key));
  return [...changed, ...gone.map(([, leaf]) => ({ place: leaf.place, before: leaf.text, after: null }))];
}
