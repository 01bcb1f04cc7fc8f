/** What is known of a citizen before the form is opened: from the register, from an earlier case of the same village. */
import { notFound } from '../../errors.ts';
import { addDays, localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { type Citizen, citizensById, lookedUpToday } from '../../people/citizens/index.ts';
import { auditAlone } from '../../platform/audit/index.ts';
import type { Pinned } from '../../platform/definitions/index.ts';
import { deeper, type FormSchema, isRecord, segmentsOf, valueAt } from '../../workflow/form-schema.ts';
import type { CaseDeps } from './deps.ts';
import { clerkVillages } from './drafts/index.ts';
import { applicantOf } from './rules.ts';
import { type CaseRow, listOfCitizen } from './store.ts';

/** A form with what is known, and at each field where it came from. */
export interface Known {
  value: Record<string, unknown>;
  /** By pointer into the form. */
  hints: Record<string, string>;
}

export interface Prefill extends Known {
  citizen: Citizen;
  /** The case it was copied from. */
  copied: EarlierCase | null;
}

export interface EarlierCase {
  id: string;
  number: string;
  /** Day it was handed in. */
  on: LocalDate;
}

const ID_TYPE = { citizen: '居民身份证', 'residence-permit': '港澳台居住证', passport: '护照' } as const;

/** Fields outside the applicant block that say where somebody lives. */
const DWELLING = ['group'];

/** A citizen, and what he handed in at the villages of whoever opened him, newest first. */
export interface OpenedCitizen {
  citizen: Citizen;
  earlier: CaseRow[];
  isKnownHere: boolean;
}

/**
 * A citizen somebody may open: one who had a case in a village this clerk files for, or whom he looked up by number today.
 * @throws notAllowed `case.not_clerk`, notFound `citizen.not_found`
 */
export async function openCitizen(deps: CaseDeps, who: SignedIn, citizenId: string): Promise<OpenedCitizen> {
  const villages = clerkVillages(deps, who);
  const [citizen] = await citizensById(deps, [citizenId]);
  const earlier = citizen ? await listOfCitizen(deps.db.read, deps.vault, citizenId, villages) : [];
  if (!citizen || (earlier.length === 0 && !(await lookedUpToday(deps, who, citizenId))))
    throw notFound('citizen.not_found');
  return { citizen, earlier, isKnownHere: earlier.length > 0 };
}

/** Earlier cases of the same kind, newest first: their forms can be copied. */
export const copyable = (earlier: readonly CaseRow[], item: string, situation: string): EarlierCase[] =>
  earlier.filter((c) => c.itemCode === item && c.situation === situation).flatMap(earlierCase);

const earlierCase = ({ id, number, receivedAt }: CaseRow): EarlierCase[] =>
  number === null || receivedAt === null ? [] : [{ id, number, on: localDate(receivedAt) }];

/**
 * The form of an item as far as it is known for a citizen; what is shown of it is written down.
 * @param copy an earlier case of the same citizen and item, whose form is copied
 * @throws notAllowed, notFound
 */
export async function prefillFor(
  deps: CaseDeps,
  who: SignedIn,
  citizenId: string,
  { pinned, situation, copy }: { pinned: Pinned; situation: string; copy?: string },
): Promise<Prefill> {
  const opened = await openCitizen(deps, who, citizenId);
  const { citizen, earlier } = opened;
  const source = copy === undefined ? undefined : earlier.find((c) => c.id === copy);
  if (copy !== undefined && (!source || copyable([source], pinned.definition.code, situation).length === 0))
    throw notFound('case.not_found');
  const act = source ? 'citizen.copy' : 'citizen.prefill';
  await auditAlone(deps, who, act, citizenId, {
    item: pinned.definition.code,
    ...(source && { from: source.id }),
  });
  const known = knownFor(opened, pinned.formFor(situation), source);
  return { citizen, ...known, copied: source ? (earlierCase(source)[0] ?? null) : null };
}

/** A form as far as it is known for a citizen. @param source an earlier case of his, whose form is copied */
export function knownFor(
  { citizen, earlier, isKnownHere }: OpenedCitizen,
  schema: FormSchema,
  source?: CaseRow,
): Known {
  const [latest] = earlier;
  const parts = [
    source ? copyOf(schema, source.form, receivedOn(source)) : {},
    latest ? dwellingOf(schema, latest.form) : {},
    { applicant: ofRegister(citizen, latest, isKnownHere) },
  ];
  const value = parts.reduce(laidOver, {}) as Record<string, unknown>;
  const hints = {
    ...(source && hintsOf(parts[0], cameFrom(source))),
    ...(latest && hintsOf(parts[1], cameFrom(latest))),
    ...hintsOf(parts[2], '来自群众登记，请对照证件核对'),
  };
  return { value, hints };
}

const receivedOn = (row: CaseRow): LocalDate => localDate(row.receivedAt ?? row.openedAt);
const cameFrom = (row: CaseRow): string => `来自 ${receivedOn(row)} 办件，请核对`;

/** Name and document as the register has them; the telephone only where the citizen has been before. */
function ofRegister(citizen: Citizen, latest: CaseRow | undefined, isKnownHere: boolean) {
  const { name, idKind, idNumber, phone } = citizen;
  const said = latest && applicantOf(latest.form).idType;
  const idType = idKind === 'citizen' && said === '户口簿' ? said : ID_TYPE[idKind];
  return { name, idType, idNumber, ...(isKnownHere && phone !== null && { hasPhone: '有', phone }) };
}

/** Where somebody lives and how to reach him, as he said last at this village. */
function dwellingOf(schema: FormSchema, form: Record<string, unknown>): Record<string, unknown> {
  const asked = Object.fromEntries(
    Object.entries(schema.properties ?? {}).filter(
      ([name]) => name === 'applicant' || DWELLING.includes(name),
    ),
  );
  return fitting({ type: 'object', properties: asked }, form, () => true) as Record<string, unknown>;
}

/** What lay less than a year before the earlier filing, or after it, was about that filing. */
const FITS_DAYS = 365;

/** The form of an earlier case without what must be new: signatures, declarations, computed values, days about it. */
function copyOf(
  schema: FormSchema,
  form: Record<string, unknown>,
  filedOn: LocalDate,
): Record<string, unknown> {
  const last = addDays(filedOn, -FITS_DAYS);
  const isOld = (day: unknown) => typeof day === 'string' && day < last;
  const isDay = ({ format }: FormSchema) => format === 'date' || format === 'month';
  return fitting(schema, form, (node, v) => !isDay(node) || isOld(v)) as Record<string, unknown>;
}

/** The part of a value that a form still asks for, and that may be filled in for somebody. */
function fitting(node: FormSchema, value: unknown, fits: (node: FormSchema, v: unknown) => boolean): unknown {
  if (node.properties) {
    if (!isRecord(value)) return undefined;
    const kept = Object.entries(node.properties).flatMap(([name, child]) => {
      const v = Object.hasOwn(value, name) ? fitting(child, value[name], fits) : undefined;
      return v === undefined ? [] : [[name, v] as const];
    });
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  if (node.items && Array.isArray(value))
    return value.map((v) => fitting(node.items as FormSchema, v, fits) ?? {});
  const isOwn = node.readOnly || node['x-compute'] !== undefined || node.const !== undefined;
  return isOwn || node['x-widget'] === 'signature' || !fits(node, value) ? undefined : value;
}

/** One value over another, objects key by key. */
function laidOver(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above === undefined ? below : above;
  const both = Object.entries(above).map(([name, v]) => [name, laidOver(below[name], v)]);
  return { ...below, ...Object.fromEntries(both) };
}

/** The same sentence at every leaf; a table says it once. */
function hintsOf(value: unknown, says: string, pointer = ''): Record<string, string> {
  if (!isRecord(value)) return value === undefined || pointer === '' ? {} : { [pointer]: says };
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, v]) => hintsOf(v, says, deeper(pointer, name))),
  );
}

/** Hints at fields that still hold what was filled in for them. */
export const standingHints = (
  { value, hints }: Known,
  typed: Record<string, unknown>,
): Record<string, string> => {
  const at = (root: unknown, pointer: string) => JSON.stringify(valueAt(root, segmentsOf(pointer)));
  return Object.fromEntries(
    Object.entries(hints).filter(([pointer]) => at(value, pointer) === at(typed, pointer)),
  );
};
