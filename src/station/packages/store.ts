import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { PackageDefinition } from '../../workflow/package.ts';

export type PackageState = 'draft' | 'filed' | 'withdrawn';

/** A package of one family; `form` is opened from the vault and empty once its cases carry it. */
export interface PackageRow {
  id: string;
  number: string | null;
  code: string;
  title: string;
  /** As it was on the day it was opened. */
  definition: PackageDefinition;
  villageId: string;
  applicantName: string;
  form: Record<string, unknown>;
  commitments: string[];
  gaps: string[];
  state: PackageState;
  version: number;
  openedBy: string;
  openedAt: Instant;
  filedAt: Instant | null;
  /** When the citizen was told how the whole ended. */
  toldAt: Instant | null;
}

/** A chosen item of a package, and the case it has become. */
export interface ChildRow {
  itemCode: string;
  situation: string;
  department: string;
  /** What was filled in beforehand for an item that waits. */
  form: Record<string, unknown> | null;
  /** Nothing needed to be filed, and why. */
  answer: string | null;
  caseId: string | null;
}

/** A file of a package, under the key of its material. */
export interface PackageFile {
  id: string;
  key: string;
  fileHash: string;
  name: string;
  mime: string;
  size: number;
  addedBy: string;
  addedAt: Instant;
}

type Db = Trx | Knex;
type Raw = Record<string, string | number | null>;

const toPackage = (vault: Vault, r: Raw): PackageRow => ({
  id: r.id as string,
  number: r.number as string | null,
  code: r.code as string,
  title: r.title as string,
  definition: JSON.parse(r.definition as string),
  villageId: r.village_id as string,
  applicantName: r.applicant_name as string,
  form: JSON.parse(vault.open(r.form_sealed as string)),
  commitments: JSON.parse(r.commitments as string),
  gaps: JSON.parse(r.gaps as string),
  state: r.state as PackageState,
  version: r.version as number,
  openedBy: r.opened_by as string,
  openedAt: r.opened_at as string,
  filedAt: r.filed_at as string | null,
  toldAt: r.told_at as string | null,
});

const toRaw = (vault: Vault, p: PackageRow): Raw => ({
  id: p.id,
  number: p.number,
  code: p.code,
  title: p.title,
  definition: JSON.stringify(p.definition),
  village_id: p.villageId,
  applicant_name: p.applicantName,
  form_sealed: vault.seal(JSON.stringify(p.form)),
  commitments: JSON.stringify(p.commitments),
  gaps: JSON.stringify(p.gaps),
  state: p.state,
  version: p.version,
  opened_by: p.openedBy,
  opened_at: p.openedAt,
  filed_at: p.filedAt,
  told_at: p.toldAt,
});

export async function insertPackage(trx: Trx, vault: Vault, row: PackageRow): Promise<void> {
  await trx('packages').insert(toRaw(vault, row));
}

/** Compare and set: false when somebody else changed it since. */
export async function savePackage(
  trx: Trx,
  vault: Vault,
  row: PackageRow,
  expected: number,
): Promise<boolean> {
  return (await trx('packages').where({ id: row.id, version: expected }).update(toRaw(vault, row))) === 1;
}

export async function findPackage(db: Db, vault: Vault, id: string): Promise<PackageRow | undefined> {
  const row = await db('packages').where({ id }).first();
  return row && toPackage(vault, row);
}

/** The package a case belongs to, if any. */
export async function findPackageOf(db: Db, vault: Vault, caseId: string): Promise<PackageRow | undefined> {
  const link = await db('package_cases').where({ case_id: caseId }).first();
  return link && findPackage(db, vault, link.package_id);
}

export async function insertChildren(
  trx: Trx,
  packageId: string,
  children: readonly Pick<ChildRow, 'itemCode' | 'situation' | 'department'>[],
): Promise<void> {
  await trx('package_cases').insert(
    children.map(({ itemCode, situation, department }, ordinal) => ({
      package_id: packageId,
      item_code: itemCode,
      situation,
      department,
      ordinal,
    })),
  );
}

export async function listChildren(db: Db, vault: Vault, packageId: string): Promise<ChildRow[]> {
  const rows: Raw[] = await db('package_cases').where({ package_id: packageId }).orderBy('ordinal');
  return rows.map((r) => ({
    itemCode: r.item_code as string,
    situation: r.situation as string,
    department: r.department as string,
    form: r.form_sealed === null ? null : JSON.parse(vault.open(r.form_sealed as string)),
    answer: r.answer as string | null,
    caseId: r.case_id as string | null,
  }));
}

/** What became of an item when the package was filed: a case, an answer, or a form kept for later. */
export async function saveChild(
  trx: Trx,
  vault: Vault,
  packageId: string,
  itemCode: string,
  { caseId, answer, form }: Partial<Pick<ChildRow, 'caseId' | 'answer' | 'form'>>,
): Promise<void> {
  await trx('package_cases')
    .where({ package_id: packageId, item_code: itemCode })
    .update({
      ...(caseId !== undefined && { case_id: caseId }),
      ...(answer !== undefined && { answer }),
      ...(form !== undefined && { form_sealed: form && vault.seal(JSON.stringify(form)) }),
    });
}

/** Take the opening of an item that waited upon oneself: false when it was opened already. */
export async function claimOpening(
  trx: Trx,
  packageId: string,
  itemCode: string,
  at: Instant,
): Promise<boolean> {
  const own = { package_id: packageId, item_code: itemCode, opened_at: null, case_id: null };
  return (await trx('package_cases').where(own).update({ opened_at: at })) === 1;
}

/** Take telling the citizen upon oneself: false when it was told already. */
export async function claimTelling(trx: Trx, packageId: string, at: Instant): Promise<boolean> {
  return (await trx('packages').where({ id: packageId, told_at: null }).update({ told_at: at })) === 1;
}

export async function listFiles(db: Db, packageId: string): Promise<PackageFile[]> {
  const rows: Raw[] = await db('package_materials')
    .where({ package_id: packageId, removed_at: null })
    .orderBy(['added_at', 'id']);
  return rows.map((r) => ({
    id: r.id as string,
    key: r.material_key as string,
    fileHash: r.file_hash as string,
    name: r.name as string,
    mime: r.mime as string,
    size: r.size as number,
    addedBy: r.added_by as string,
    addedAt: r.added_at as string,
  }));
}

export async function insertFile(trx: Trx, packageId: string, file: PackageFile): Promise<void> {
  await trx('package_materials').insert({
    id: file.id,
    package_id: packageId,
    material_key: file.key,
    file_hash: file.fileHash,
    name: file.name,
    mime: file.mime,
    size: file.size,
    added_by: file.addedBy,
    added_at: file.addedAt,
  });
}

export async function removeFile(trx: Trx, packageId: string, id: string, at: Instant): Promise<boolean> {
  const own = { package_id: packageId, id, removed_at: null };
  return (await trx('package_materials').where(own).update({ removed_at: at })) === 1;
}
