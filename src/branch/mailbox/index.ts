/** Letters to the secretary 书记信箱: written by anybody, kept from whom they are about, answered in time. */
export { lettersOnNewDay } from './commands/daily.ts';
export { mailboxPages } from './pages/index.ts';
export { committees, givenBy } from './pages/public.tsx';
export { doesMail, type LetterSight, letterSight } from './policy.ts';
export { findByCode, inFours, newReceipt, type ReceiptColumns } from './receipt.ts';
export { CODE_LIMIT, mailboxRoutes, WRITE_LIMIT } from './routes.ts';
export type { MailDeps, Tell } from './types.ts';
