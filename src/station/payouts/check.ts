import { type PayingItem, type SchemeContext, type SchemeFault, schemeFaults } from './rules/lint.ts';
import { readSchemes } from './schemes.ts';

/** Everything wrong with `data/schemes.json`, held against these items. */
export const checkSchemes = (items: readonly PayingItem[], context: SchemeContext): SchemeFault[] =>
  schemeFaults(readSchemes(), items, context);
