/** Prints: official papers after GB/T 9704-2012 and certificates, as PDF with embedded subset fonts. */
export { renderCertificatePdf } from './certificate.ts';
export { renderPaperPdf } from './paper.ts';
export { type CmsSigner, signPdf } from './sign.ts';
export type { Block, PrintedCertificate, PrintedPaper, SignatureBlock } from './types.ts';
