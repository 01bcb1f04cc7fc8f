import type { Instant } from '../../../kernel/types.ts';
import type { Backups } from '../../../platform/backup/index.ts';
import type { DefinitionFolders, Pinned } from '../../../platform/definitions/index.ts';
import type { Holidays } from '../../../platform/holidays/index.ts';
import type { CaseDeps } from '../../cases/index.ts';

/** The program itself, as its administrator sees it. */
export interface House {
  version: string;
  /** Wall clock. */
  startedAt: Instant;
  /** Versions of items that this start brought. */
  fresh: readonly Pinned[];
  folders: DefinitionFolders;
  holidays: Holidays;
  backups: Backups;
}

export type SystemDeps = CaseDeps & { house: House };
