/** Faults that no item file can cause while the compiler is right: the compiled machine itself is damaged. */
import type { Kind } from '../../kind.ts';
import { clockKinds } from './clocks.ts';
import { nameKinds } from './names.ts';
import { paperKinds } from './papers.ts';
import { stateKinds } from './states.ts';

export const machineKinds: Kind[] = [...nameKinds, ...stateKinds, ...clockKinds, ...paperKinds];
