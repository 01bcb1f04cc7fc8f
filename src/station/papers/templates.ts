import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/paths.ts';
import type { Definition } from '../../workflow/types.ts';
import type { AnyPaperKind } from './types.ts';

type ByItemKind = Record<Definition['kind'], string>;

interface Shared {
  /** Printed only when this word is there, or only when it is not. */
  if?: string;
  unless?: string;
}

/** When a field is printed: with every word it names there, or as another word says (`if halted`). */
type FieldCondition = 'optional' | `if ${string}` | `unless ${string}`;

/** A block as `data/papers/templates.json` writes it; `{{word}}` stands for a fact of the case. */
export type TemplateBlock = Shared &
  (
    | { paragraph: string; indent?: boolean }
    | { fields: [label: string, value: string, condition?: FieldCondition][] }
    | { table: 'materials' | 'faults' | 'reasons' | 'shown' | 'asked' }
    | { lines: string[] }
    | { remedies: true }
    | { signature: string }
  );

interface Named {
  title: string | ByItemKind;
  /** Series word of the number, `富民受〔2026〕12号`; none: the paper carries the case number. */
  word?: string | ByItemKind;
}

export interface Template extends Named {
  /** Another name and series when this word is there; the first that fits. */
  instead?: (Named & { if: string })[];
  blocks: TemplateBlock[];
}

const read = (file: string) => JSON.parse(readFileSync(join(projectRoot, 'data', 'papers', file), 'utf8'));

const all = read('templates.json') as {
  papers: Record<AnyPaperKind, Template>;
  notes: { answer: Template };
  remedies: Record<Definition['remedies'], string>;
};

export const templates = all.papers;
/** Prints that belong to no case. */
export const notes = all.notes;
export const remedies = all.remedies;
type Term = 'serviceDays' | 'announcementDays' | 'reviewDays' | 'sueMonths';
const { terms, ...entered } = read('parameters.json') as {
  court: string;
  reviewer: string;
  enquiry: string;
  telephone: string;
  terms: Record<Term, { value: number; unit: string; source: string }>;
};
/** Names the county enters: court, review organ, enquiry. */
export const parameters = entered;
/** How long: a decision until it is served, an announcement, review, court; each with its source in the file. */
export const serviceTerms = {
  serviceDays: terms.serviceDays.value,
  announcementDays: terms.announcementDays.value,
  reviewDays: terms.reviewDays.value,
  sueMonths: terms.sueMonths.value,
};

/** The text for an item of this kind. */
export const forKind = (text: string | ByItemKind, kind: Definition['kind']): string =>
  typeof text === 'string' ? text : text[kind];
