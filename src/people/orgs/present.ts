import type { Org, OrgKind } from './rules.ts';

/** An organisation as the API tells it. */
export interface OrgView {
  id: string;
  parentId: string | null;
  kind: OrgKind;
  name: string;
  short: string;
  /** Departments it stands for or serves. */
  departments: string[];
}

export const orgView = ({ id, parentId, kind, name, short, departments }: Org): OrgView => ({
  id,
  parentId,
  kind,
  name,
  short,
  departments,
});
