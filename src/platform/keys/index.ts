/** Keys: PDFs signed by their organ, codes that are checked without a network. */
export { OrganFilesError, readOrganFiles } from './organ-files.ts';
export {
  createSigning,
  type KeyDeps,
  rotateCodeKey,
  type Signing,
} from './signing.ts';
export { listKeys, type StoredKey } from './store.ts';
export { type CodeContent, type CodeKey, type CodeResult, checkToken, keyIdOf } from './token.ts';
