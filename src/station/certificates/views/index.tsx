import type Router from '@koa/router';
import type { ShellDeps } from '../../shell.tsx';
import type { CertificateDeps, CertificateWorld } from '../types.ts';

/** The register's pages. */
export function mountCertificatePages(
  _router: Router,
  _deps: CertificateDeps & ShellDeps,
  _world: CertificateWorld,
): void {}
