/**
 * Certificates 证照 and their register: reserved at the decision, issued, printed and handed from desk to desk,
 * collected; suspended, ended, replaced; checked by anybody.
 */
export {
  issueCertificate,
  listCertificates,
  reserveCertificate,
} from './commands/issue.ts';
export { collectCertificate, requireInHand } from './commands/piece.ts';
export { endCertificate, followStanding } from './commands/standing.ts';
export { sweepCertificates } from './commands/sweep.ts';
export { verifyPages, verifyRoutes } from './pages.tsx';
export { CUSTODY_WORDS, STATE_TONES, STATE_WORDS } from './present.ts';
export { listIncoming, listReady } from './queries/ready.ts';
export { listWaiting, type WaitingPiece } from './queries/waiting.ts';
export { certificatesRoutes } from './routes/index.ts';
export { printedField } from './rules.ts';
export type {
  Certificate,
  CertificateDeps,
  CertificateOrder,
  CertificateWorld,
} from './types.ts';
export { mountCertificatePages } from './views/index.tsx';
