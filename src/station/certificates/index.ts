/**
 * Certificates 证照: reserved at the decision, issued, collected, verified by anybody.
 *
 * reserveCertificate(trx, deps, facts, order): Promise<Certificate>
 * issueCertificate(trx, deps, facts, order): Promise<Certificate>   reserves first when nothing was reserved
 * collectCertificate(trx, deps, facts): Promise<Certificate[]>      all issued certificates of the case
 * voidCertificate(trx, certificateId): Promise<Certificate>
 * listCertificates(conn, caseId): Promise<Certificate[]>
 * renderCertificate(deps, certificateId): Promise<Buffer>
 * certificatesRoutes(deps, { mayRead }), verifyPages(deps)
 */
export type { Certificate, CertificateDeps, CertificateOrder, CertificateState } from './types.ts';
