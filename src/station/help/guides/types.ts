/** What a chapter of the help is made of. */
import type { RoleId } from '../../../people/accounts/index.ts';

/** One thing to do, in the order of the work. */
export interface GuideStep {
  title: string;
  text: string;
  /** A picture of the page: a file of `data/pictures/help`, and what is to be seen on it. */
  picture?: { name: string; alt: string };
}

export interface Trouble {
  what: string;
  does: string;
}

/** A key as the page has it, or several in a row, parted by spaces. */
export type KeyLine = readonly [keys: string, does: string];

export interface Guide {
  /** Its address: `/help/<id>`. */
  id: RoleId | 'public';
  title: string;
  /** What one comes here for, in a sentence. */
  lead: string;
  steps: readonly GuideStep[];
  keys: readonly KeyLine[];
  troubles: readonly Trouble[];
  /** Words of the glossary that the chapter uses. */
  terms: readonly string[];
}
