import { segmentsOf } from './pointer.ts';

/** A body sorted by pointer. Maps, so that no key can reach a prototype. */
export interface BodyNode {
  texts: string[];
  children: Map<string, BodyNode>;
}

const MAX_DEPTH = 16;
const MAX_NAME = 500;

/** A node without text or children. */
export function emptyNode(): BodyNode {
  return { texts: [], children: new Map() };
}

/** One value, a list, or the list-like object some body parsers make of many equal names. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).filter((v): v is string => typeof v === 'string');
}

/** Sorts a flat body whose names are JSON pointers; names that are none (`_csrf`, `__proto__`) are left out. */
export function bodyTree(body: Readonly<Record<string, unknown>>): BodyNode {
  const root = emptyNode();
  for (const [name, value] of Object.entries(body)) {
    if (!name.startsWith('/') || name.length > MAX_NAME) continue;
    const segments = segmentsOf(name);
    if (segments.length > MAX_DEPTH) continue;
    let at = root;
    for (const segment of segments) {
      const next = at.children.get(segment) ?? emptyNode();
      at.children.set(segment, next);
      at = next;
    }
    at.texts.push(...textsOf(value));
  }
  return root;
}

/** The row numbers a body names under an array, ascending. */
export function rowNumbers(node: BodyNode | undefined): number[] {
  return [...(node?.children.keys() ?? [])]
    .filter((key) => /^(0|[1-9]\d{0,5})$/.test(key))
    .map(Number)
    .sort((a, b) => a - b);
}

/** The node at a path; undefined when the body names nothing there. */
export function nodeAt(root: BodyNode, segments: readonly string[]): BodyNode | undefined {
  return segments.reduce<BodyNode | undefined>((at, s) => at?.children.get(s), root);
}
