import type { CaseDeps } from '../cases/index.ts';

/** `publicUrl`: where citizens reach the house, for the code on a receipt; known once it listens. */
export type FilingDeps = CaseDeps & { readonly publicUrl: string };
