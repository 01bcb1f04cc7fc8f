/** Copies of the items in a folder of their own, changed as a test asks: what an official does by editing files. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/paths.ts';

/** An item as its JSON file holds it. */
// biome-ignore lint/suspicious/noExplicitAny: the file is edited, not understood
export type ItemFile = Record<string, any>;

const folders: string[] = [];

/** A folder with `workflows/` and `forms/` like the project's; removed after the tests. */
export function definitionsCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cunban-items-'));
  folders.push(folder);
  for (const part of ['workflows', 'forms'])
    cpSync(join(projectRoot, part), join(folder, part), { recursive: true });
  return folder;
}

export const readItem = (folder: string, code: string): ItemFile =>
  JSON.parse(readFileSync(join(folder, 'workflows', code.slice(0, 2), `${code}.json`), 'utf8'));

export const writeItem = (folder: string, item: ItemFile): void =>
  writeFileSync(
    join(folder, 'workflows', item.department, `${item.code}.json`),
    `${JSON.stringify(item, null, 2)}\n`,
  );

/** A folder in which every item went through `change`. */
export function definitionsWith(change: (item: ItemFile) => ItemFile): string {
  const folder = definitionsCopy();
  for (const department of readdirSync(join(folder, 'workflows')).filter((d) => /^[A-Z]{2}$/.test(d)))
    for (const file of readdirSync(join(folder, 'workflows', department)))
      writeItem(folder, change(readItem(folder, file.replace('.json', ''))));
  return folder;
}

after(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
