/** The arithmetic of the box. Pure. */
import { addDays } from '../../kernel/time.ts';
import type { Fen, LocalDate } from '../../kernel/types.ts';
import type { Move, MoveKind, Pieces } from './types.ts';

const denomination = (fen: Fen, title: string) => ({ key: `n${fen}`, fen, title });

/** Notes and coins in circulation, largest first. */
export const DENOMINATIONS: readonly { key: string; fen: Fen; title: string }[] = [
  denomination(10_000, '100 元'),
  denomination(5_000, '50 元'),
  denomination(2_000, '20 元'),
  denomination(1_000, '10 元'),
  denomination(500, '5 元'),
  denomination(200, '2 元'),
  denomination(100, '1 元'),
  denomination(50, '5 角'),
  denomination(20, '2 角'),
  denomination(10, '1 角'),
  denomination(5, '5 分'),
  denomination(2, '2 分'),
  denomination(1, '1 分'),
];

/** What counted notes and coins come to. */
export const sumOfPieces = (pieces: Pieces): Fen =>
  DENOMINATIONS.reduce((sum, { key, fen }) => sum + fen * (pieces[key] ?? 0), 0);

/** A sum in yuan as somebody typed it (two decimals at most), in fen. */
export const fenOf = (yuan: number): Fen => Math.round(yuan * 100);

/** How a day must end. */
export interface DaySums {
  opening: Fen;
  received: Fen;
  handedOut: Fen;
  returned: Fen;
  /** opening + received − handed out − returned. */
  expected: Fen;
}

/** Sums of a day; what was handed out and taken back the same day counts for nothing. */
export function daySums(opening: Fen, moves: readonly Pick<Move, 'kind' | 'fen'>[]): DaySums {
  const of = (...kinds: MoveKind[]) =>
    moves.filter((m) => kinds.includes(m.kind)).reduce((sum, m) => sum + m.fen, 0);
  const received = of('receive');
  const handedOut = 0 - of('hand-out', 'undo');
  const returned = 0 - of('return');
  return { opening, received, handedOut, returned, expected: opening + received - handedOut - returned };
}

/** Last day on which money that came into the box on `boxedOn` may be called for. */
export const claimUntil = (boxedOn: LocalDate, days: number): LocalDate => addDays(boxedOn, days);
