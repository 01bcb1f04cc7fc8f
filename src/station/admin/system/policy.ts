import type { AdminRole, Holder } from '../../../people/accounts/index.ts';

/** The three administrators; each keeps to his own third (C.3 三权分立). */
export const ADMINISTRATORS = ['system-admin', 'security-admin', 'auditor'] as const satisfies AdminRole[];
export type Administrator = (typeof ADMINISTRATORS)[number];

/** Which of the three somebody is; nobody need be only one. */
export const administratorRoles = (who: Holder): Administrator[] =>
  ADMINISTRATORS.filter((role) => who.grants.some((g) => g.role === role));

/** May he keep the program in order: tables, parameters, definitions, jobs, backups? */
export const mayKeepSystem = (who: Holder): boolean => administratorRoles(who).includes('system-admin');
