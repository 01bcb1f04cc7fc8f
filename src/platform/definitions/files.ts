import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '../paths.ts';
import { JsonFault, parseJson } from './json.ts';

/** Where definitions lie on disk. */
export interface DefinitionFolders {
  workflows: string;
  forms: string;
  parameters: string;
  /** File names in faults are told from here. */
  base: string;
}

/** One thing wrong with the definitions: file, JSON pointer (empty: the whole file) and why. */
export interface DefinitionFault {
  file: string;
  path: string;
  reason: string;
}

/** A JSON file as read. */
export interface Document {
  /** From the base, `workflows/NY/NY-04.json`. */
  file: string;
  value: unknown;
}

/** The folders under `base`; a base without its own parameters uses the project's. */
export function definitionFolders(base: string = projectRoot): DefinitionFolders {
  const own = join(base, 'data', 'parameters');
  return {
    base,
    workflows: join(base, 'workflows'),
    forms: join(base, 'forms'),
    parameters: existsSync(own) ? own : join(projectRoot, 'data', 'parameters'),
  };
}

/** Every JSON file below a folder, by name; what cannot be read becomes a fault. */
function readBelow(folder: string, base: string, faults: DefinitionFault[]): Document[] {
  if (!existsSync(folder)) {
    faults.push({ file: relative(base, folder), path: '', reason: 'no such folder' });
    return [];
  }
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.json'));
  return names.sort().flatMap((name) => readDocument(join(folder, name), base, faults));
}

function readDocument(path: string, base: string, faults: DefinitionFault[]): Document[] {
  const file = relative(base, path).replaceAll('\\', '/');
  try {
    return [{ file, value: parseJson(readFileSync(path, 'utf8')) }];
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    faults.push({ file, path: '', reason: `not JSON: ${error.message}` });
    return [];
  }
}

/** Everything on disk that makes up the definitions. */
export interface Documents {
  items: Document[];
  forms: Document[];
  parameters: Document[];
  itemSchema: object;
  departments: string[];
  /** Ids of the quotas in `data/quotas.json`. */
  quotas: string[];
  faults: DefinitionFault[];
}

/** Files beside the items that are not items: their schema, and the machines `cunban compile` writes. */
const isItem = ({ file }: Document): boolean =>
  !/(^|\/)(item\.schema\.json|(machines|packages)\/[^/]+)$/.test(file);

/** Read the folders; the schema of items and the departments are always the project's own. */
export function readDocuments({ workflows, forms, parameters, base }: DefinitionFolders): Documents {
  const faults: DefinitionFault[] = [];
  const fixed = (...path: string[]) => parseJson(readFileSync(join(projectRoot, ...path), 'utf8'));
  const departments = fixed('data', 'departments.json') as { departments: { code: string }[] };
  const { quotas } = fixed('data', 'quotas.json') as { quotas: { id: string }[] };
  return {
    quotas: quotas.map((q) => q.id),
    items: readBelow(workflows, base, faults).filter(isItem),
    forms: readBelow(forms, base, faults),
    parameters: readBelow(parameters, base, faults),
    itemSchema: fixed('workflows', 'item.schema.json') as object,
    departments: departments.departments.map((d) => d.code),
    faults: faults.filter((f) => isItem({ file: f.file, value: null })),
  };
}
