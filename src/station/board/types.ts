import type { Instant } from '../../kernel/types.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { Cubes } from './cubes.ts';
import type { Period } from './period.ts';

/** A figure of the board, with the list that holds as many lines. */
export interface Figure {
  text: string;
  /** null: words, or nothing to be known. */
  value: number | null;
  href?: string;
}

export interface BoardRow {
  id: string;
  title: string;
  figures: Figure[];
  /** Not among the first: the short board leaves it out. */
  isMore?: true;
  /** The row of all rows. */
  isTotal?: true;
}

export type TableId =
  | 'departments'
  | 'townships'
  | 'items'
  | 'days-departments'
  | 'days-items'
  | 'reasons'
  | 'outcomes'
  | 'ratings'
  | 'ratings-departments'
  | 'bad'
  | 'money'
  | 'certificates';

export interface BoardTable {
  id: TableId;
  title: string;
  note?: string;
  /** What every number counts, where they all count the same. */
  unit?: string;
  /** What the rows are. */
  head: string;
  columns: string[];
  rows: BoardRow[];
  /** Said where there are no rows. */
  empty: string;
}

export interface Tile {
  label: string;
  figure: Figure;
  unit: string;
  note?: string;
  tone?: 'warn' | 'danger';
}

export interface Board {
  period: Period;
  asOf: Instant;
  tiles: Tile[];
  tables: BoardTable[];
}

/** What tables are made from: the counts somebody may see, and what things are called. */
export interface Sight {
  cubes: Cubes;
  period: Period;
  orgs: OrgMap;
  itemTitle(code: string): string;
}
