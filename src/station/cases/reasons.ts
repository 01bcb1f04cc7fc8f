/** Why a case was sent back or turned down, as far as something was chosen and nothing typed. Pure. */
import type { Pinned } from '../../platform/definitions/index.ts';
import { type FormSchema, segmentsOf } from '../../workflow/form-schema.ts';
import type { CaseEvent } from '../../workflow/types.ts';

export const REASON_KINDS = ['REQUEST_CORRECTION', 'REFUSE', 'REJECT'] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

/** A field, a material or a ground. The rows of a table count as one place. */
export interface Reason {
  kind: ReasonKind;
  target: string;
  title: string;
}

const OTHER = { target: 'other', title: '其他内容' };
const FALSEHOOD = '隐瞒情况或者提供虚假材料';

/** Of each chosen thing once. */
export function reasonsOf(pinned: Pinned, situation: string, { type, data }: CaseEvent): Reason[] {
  const kind = REASON_KINDS.find((k) => k === type);
  if (!kind) return [];
  const found = chosen(kind, pinned, situation, data).map((one) => ({ kind, ...one }));
  return [...new Map(found.map((r) => [r.target, r])).values()];
}

function chosen(kind: ReasonKind, pinned: Pinned, situation: string, data: CaseEvent['data']) {
  if (kind === 'REFUSE') return [{ target: String(data.branch), title: String(data.branch) }];
  if (kind === 'REJECT') return data.falsehood === '有' ? [{ target: FALSEHOOD, title: FALSEHOOD }] : [];
  const faults = (data.faults ?? []) as { target: string }[];
  return faults.map(({ target }) => placeOf(pinned, situation, target));
}

function placeOf(pinned: Pinned, situation: string, pointer: string): Omit<Reason, 'kind'> {
  const [area, ...segments] = segmentsOf(pointer);
  if (area === 'materials') {
    const material = pinned.definition.materials.find((m) => m.id === segments[0]);
    return material ? { target: pointer, title: `材料：${material.title}` } : OTHER;
  }
  return area === 'form' ? fieldOf(pinned.formFor(situation), segments) : OTHER;
}

/** The field at a place of the form; what leads nowhere may be anything somebody typed. */
function fieldOf(form: FormSchema, segments: string[]): Omit<Reason, 'kind'> {
  let node: FormSchema | undefined = form;
  const path: string[] = [];
  const titles: string[] = [];
  for (const segment of segments) {
    if (node.items) {
      if (!/^\d+$/.test(segment)) return OTHER;
      node = node.items;
      path.push('*');
      continue;
    }
    node = Object.hasOwn(node.properties ?? {}, segment) ? node.properties?.[segment] : undefined;
    if (!node) return OTHER;
    path.push(segment);
    titles.push(node.title ?? segment);
  }
  return path.length === 0
    ? { target: '/form', title: '申请表' }
    : { target: `/form/${path.join('/')}`, title: titles.join(' › ') };
}
