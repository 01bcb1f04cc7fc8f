import type { Pinned } from '../../platform/definitions/index.ts';

interface Schema {
  title?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
}

/**
 * What each form field and material is called, by pointer: `/form/applicant/phone` → `申请人 · 手机号`,
 * `/materials/authorisation` → its title. Rows of a table are named by their table.
 */
export function formTitles(pinned: Pinned, situation: string): Record<string, string> {
  const titles: Record<string, string> = {};
  walk(pinned.formFor(situation) as Schema, '/form', [], titles);
  for (const m of pinned.definition.materials) titles[`/materials/${m.id}`] = m.title;
  return titles;
}

function walk(schema: Schema, pointer: string, path: string[], titles: Record<string, string>): void {
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    const at = `${pointer}/${key}`;
    const named = child.title ? [...path, child.title] : path;
    titles[at] = named.join(' · ');
    walk(child, at, named, titles);
  }
}

/** A value as a public notice writes it, with its unit: lists by their count, yes and no in words. */
export function plainValue(value: unknown, unit = ''): string {
  if (Array.isArray(value))
    return value.every((v) => typeof v === 'string') ? value.join('、') : `${value.length} 项`;
  if (typeof value === 'boolean') return value ? '是' : '否';
  return value === undefined || value === null ? '' : `${value}${unit && ` ${unit}`}`;
}
