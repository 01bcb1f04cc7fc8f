/** Faults of forms. */
import type { Kind } from '../../kind.ts';
import { fieldKinds } from './single.ts';
import { wholeKinds } from './whole.ts';

export const formKinds: Kind[] = [...wholeKinds, ...fieldKinds];
