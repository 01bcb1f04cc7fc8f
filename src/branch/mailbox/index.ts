/** Letters to the secretary 书记信箱: written by anybody, kept from whom they are about, answered in time. */
export { lettersOnNewDay } from './commands/daily.ts';
export { CodeForm, WRONG_CODE } from './pages/code.tsx';
export { mailboxPages } from './pages/index.ts';
export { committees } from './pages/write.tsx';
export { doesMail, type LetterSight, letterSight } from './policy.ts';
export { findByCode, inFours, newReceipt, type ReceiptColumns } from './receipt.ts';
export { CODE_LIMIT, mailboxRoutes, WRITE_LIMIT } from './routes.ts';
export type { MailDeps, Tell } from './types.ts';
