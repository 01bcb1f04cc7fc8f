import type Router from '@koa/router';
import type { PlatformDeps } from '../../../platform/deps.ts';
import type { ShellDeps } from '../../shell.tsx';
import type { CertificateDeps, CertificateWorld } from '../types.ts';
import { mountCertificate } from './certificate.tsx';
import { mountRegister } from './register.tsx';
import { mountTransfers } from './transfers.tsx';

export type PageDeps = CertificateDeps & ShellDeps & Pick<PlatformDeps, 'definitions'>;

/** `/certificates…` and `/transfers…`. */
export function mountCertificatePages(router: Router, deps: PageDeps, world: CertificateWorld): void {
  mountRegister(router, deps);
  mountCertificate(router, deps, world);
  mountTransfers(router, deps);
}
