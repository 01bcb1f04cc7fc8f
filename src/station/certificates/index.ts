/** Certificates 证照: reserved at the decision, issued, collected, checked by anybody. */
export {
  collectCertificate,
  getCertificate,
  issueCertificate,
  listCertificates,
  renderCertificate,
  reserveCertificate,
} from './commands.ts';
export { verifyPages, verifyRoutes } from './pages.tsx';
export { certificatesRoutes } from './routes.ts';
export type { Certificate, CertificateDeps, CertificateOrder, CertificateState } from './types.ts';
