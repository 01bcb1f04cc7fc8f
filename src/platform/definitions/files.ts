import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { LintContext } from '../../workflow/lint.ts';
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

/** What the project's own files say there is: nothing of this can be brought along by another folder. */
export type Known = Omit<LintContext, 'codes' | 'params' | 'otherParams' | 'today'>;

/** Everything on disk that makes up the definitions. */
export interface Documents {
  items: Document[];
  packages: Document[];
  packageSchema: object;
  forms: Document[];
  parameters: Document[];
  known: Known;
  faults: DefinitionFault[];
}

/** Files beside the items that are not items: their schema, the machines `cunban compile` writes, the charts of the branch wing. */
const isItem = ({ file }: Document): boolean =>
  !/(^|\/)(item\.schema\.json|(machines|packages|branch)\/[^/]+)$/.test(file);

const isPackage = ({ file }: Document): boolean =>
  /(^|\/)packages\/[^/]+$/.test(file) && !file.endsWith('/package.schema.json');

/** Read the folders; what is known beside them is always the project's own. */
export function readDocuments({ workflows, forms, parameters, base }: DefinitionFolders): Documents {
  const faults: DefinitionFault[] = [];
  const below = readBelow(workflows, base, faults);
  return {
    items: below.filter(isItem),
    packages: below.filter(isPackage),
    packageSchema: fixed<object>('workflows', 'packages', 'package.schema.json'),
    forms: readBelow(forms, base, faults),
    parameters: readBelow(parameters, base, faults),
    known: readKnown(),
    faults: faults.filter(({ file }) => [isItem, isPackage].some((is) => is({ file, value: null }))),
  };
}

interface PaperTemplates {
  papers: Record<string, { blocks: { remedies?: boolean }[] }>;
  remedies: Record<string, string>;
}

const fixed = <T>(...path: string[]) => parseJson(readFileSync(join(projectRoot, ...path), 'utf8')) as T;

function readKnown(): Known {
  const { departments } = fixed<{ departments: { code: string }[] }>('data', 'departments.json');
  const { quotas } = fixed<{ quotas: { id: string }[] }>('data', 'quotas.json');
  const { roles } = fixed<{ roles: { id: string; at: string[] }[] }>('data', 'roles.json');
  const { offices } = fixed<{ offices: { departments: string[] }[] }>('data', 'offices.json');
  const { templates } = fixed<{ templates: object }>('data', 'messages.json');
  const { papers, remedies } = fixed<PaperTemplates>('data', 'papers', 'templates.json');
  return {
    itemSchema: fixed<object>('workflows', 'item.schema.json'),
    departments: departments.map((d) => d.code),
    quotas: quotas.map((q) => q.id),
    roles: Object.fromEntries(roles.map((r) => [r.id, r.at])),
    served: offices.flatMap((o) => o.departments),
    papers: Object.fromEntries(
      Object.entries(papers).map(([kind, { blocks }]) => [
        kind,
        { remedies: blocks.some((b) => b.remedies) },
      ]),
    ),
    remedies: Object.keys(remedies),
    messages: Object.keys(templates),
  };
}
