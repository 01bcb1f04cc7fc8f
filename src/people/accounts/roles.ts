import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/paths.ts';
import type { OrgKind } from '../orgs/index.ts';

/** A role in the words of the office. */
export interface RoleInfo {
  id: string;
  title: string;
  /** What its holder does, one sentence. */
  does: string;
  /** Kinds of organisation it can be held at. */
  at: OrgKind[];
}

let roles: readonly RoleInfo[] | undefined;

/** All roles of data/roles.json, in its order. */
export function listRoles(): readonly RoleInfo[] {
  roles ??= (JSON.parse(readFileSync(join(projectRoot, 'data/roles.json'), 'utf8')) as { roles: RoleInfo[] })
    .roles;
  return roles;
}

export const findRole = (id: string): RoleInfo | undefined => listRoles().find((role) => role.id === id);

/** The Chinese title of a role; the id itself when a stored grant names a role that no longer exists. */
export const roleTitle = (id: string): string => findRole(id)?.title ?? id;
