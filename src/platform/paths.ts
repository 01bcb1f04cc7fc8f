import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder at or above `folder` that holds a package.json. Throws when there is none. */
function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('package.json not found above the program: the installation is incomplete');
  return rootAbove(parent);
}

/** Absolute path of the project: `data/`, `workflows/` and `forms/` stand here, both from `src` and from `dist`. */
export const projectRoot: string = rootAbove(dirname(fileURLToPath(import.meta.url)));
