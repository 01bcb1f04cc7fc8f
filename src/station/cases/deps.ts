import type { SignedIn } from '../../people/accounts/index.ts';
import type { OrgTree } from '../../people/orgs/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';

/** What the case commands stand on. */
export type CaseDeps = PlatformDeps & { orgs: OrgTree };

/** Who sends an event: somebody signed in, an objector, or the house itself. */
export type Actor = { kind: 'account'; who: SignedIn } | { kind: 'public' } | { kind: 'system' };
