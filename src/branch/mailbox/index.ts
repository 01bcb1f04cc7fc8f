/** Letters to the secretary 书记信箱: written by anybody, kept from whom they are about, answered in time. */
export { lettersOnNewDay } from './commands/daily.ts';
export { mailboxRoutes } from './routes.ts';
export type { MailDeps, Tell } from './types.ts';
