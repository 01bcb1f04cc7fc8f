/** Backups: a consistent copy of database and files with the hash of everything, checked, kept and put back. */
export type { Source } from './database.ts';
export { type Backups, KEPT, keepBackups } from './keeper.ts';
export { type BackupOrder, makeBackup } from './make.ts';
export { BackupRefused, DATABASE_FILE, type KeptFile, type Manifest } from './manifest.ts';
export { restoreBackup } from './restore.ts';
export { isSound, type KeptBackup, listBackups, pruneBackups, sizeOf, verifyBackup } from './shelf.ts';
