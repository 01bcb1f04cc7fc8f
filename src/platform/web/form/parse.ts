import { type BodyNode, bodyTree, emptyNode, nodeAt, rowNumbers } from './body.ts';
import { pointerOf, segmentsOf } from './pointer.ts';
import { cleanText, readLeaf } from './read.ts';
import type { FormSchema } from './schema.ts';
import { DEFAULT_MAX_ITEMS, isComputed, propertiesOf, schemaAt, typeOf, widgetOf } from './schema.ts';

/** A press on “add a row” or “remove this row”, already carried out in the value that comes with it. */
export interface RowAction {
  kind: 'add' | 'remove';
  /** The array, in the returned value: `/household`. */
  pointer: string;
  /** Where the keyboard belongs next: the new row, or the array. Hand it to `renderForm`. */
  focus: string;
}

export interface ParsedForm {
  value: Record<string, unknown>;
  rowAction?: RowAction;
}

/** One more than allowed is kept, so that the validator can say that there are too many. */
function limitOf(node: FormSchema): number {
  return node.maxItems === undefined ? DEFAULT_MAX_ITEMS : Math.min(node.maxItems + 1, DEFAULT_MAX_ITEMS);
}

function readObject(node: FormSchema, body: BodyNode | undefined): Record<string, unknown> {
  const entries = propertiesOf(node)
    .filter(([, child]) => !isComputed(child))
    .map(([name, child]) => [name, readNode(child, body?.children.get(name))] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

function readRows(node: FormSchema, body: BodyNode | undefined): unknown[] {
  const items = node.items ?? {};
  return rowNumbers(body)
    .slice(0, limitOf(node))
    .map((n) => readNode(items, body?.children.get(String(n))));
}

/** Ticks and lines: a list without blanks, in the body's order; ticks once each. Nothing chosen → undefined. */
function readScalars(node: FormSchema, body: BodyNode | undefined): unknown[] | undefined {
  const items = node.items ?? {};
  const isTicks = widgetOf(node) === 'checkboxes';
  const texts = isTicks ? [...new Set(body?.texts)] : (body?.texts[0] ?? '').split(/\r\n?|\n/);
  const values = texts
    .filter((t) => cleanText(t) !== '')
    .slice(0, limitOf(node))
    .map((t) => readLeaf(items, t));
  return values.length > 0 ? values : undefined;
}

function readNode(node: FormSchema, body: BodyNode | undefined): unknown {
  if (typeOf(node) === 'object') return readObject(node, body);
  if (typeOf(node) !== 'array') return readLeaf(node, body?.texts[0]);
  return widgetOf(node) === 'rows' ? readRows(node, body) : readScalars(node, body);
}

/** The same path with each row's number in the body replaced by its place among the rows. */
function placesOf(schema: FormSchema, root: BodyNode, segments: readonly string[]): string[] {
  return segments.map((segment, i) => {
    const above = segments.slice(0, i);
    const owner = schemaAt(schema, above);
    if (!owner || widgetOf(owner) !== 'rows') return segment;
    return String(rowNumbers(nodeAt(root, above)).indexOf(Number(segment)));
  });
}

function addRow(schema: FormSchema, root: BodyNode, segments: string[]): RowAction | undefined {
  const node = schemaAt(schema, segments);
  if (!node || widgetOf(node) !== 'rows') return undefined;
  let at = root;
  for (const segment of segments) {
    const next = at.children.get(segment) ?? emptyNode();
    at.children.set(segment, next);
    at = next;
  }
  const numbers = rowNumbers(at);
  const places = placesOf(schema, root, segments);
  if (numbers.length >= (node.maxItems ?? DEFAULT_MAX_ITEMS)) {
    return { kind: 'add', pointer: pointerOf(places), focus: pointerOf(places) };
  }
  at.children.set(String((numbers.at(-1) ?? -1) + 1), emptyNode());
  return { kind: 'add', pointer: pointerOf(places), focus: pointerOf([...places, numbers.length]) };
}

function removeRow(schema: FormSchema, root: BodyNode, segments: string[]): RowAction | undefined {
  const owner = segments.slice(0, -1);
  const node = schemaAt(schema, owner);
  if (!node || widgetOf(node) !== 'rows') return undefined;
  nodeAt(root, owner)?.children.delete(segments.at(-1) ?? '');
  const pointer = pointerOf(placesOf(schema, root, owner));
  return { kind: 'remove', pointer, focus: pointer };
}

function doRowAction(schema: FormSchema, root: BodyNode, command: unknown): RowAction | undefined {
  const [verb, pointer] = typeof command === 'string' ? command.split(/:(.*)/s) : [];
  if (!pointer?.startsWith('/')) return undefined;
  const segments = segmentsOf(pointer);
  if (verb === 'add') return addRow(schema, root, segments);
  return verb === 'remove' ? removeRow(schema, root, segments) : undefined;
}

/**
 * Reads a urlencoded or multipart body whose names are JSON pointers. The schema alone decides what is an array
 * or an object; names it does not know are ignored. Objects and lists of rows are always there, leaves only when
 * filled. Nothing is refused here: what cannot be read stays as typed, for the validator and the redisplay.
 * Rows come back in order without gaps; blank ones stay (see `dropBlankRows`). With `rowAction` the page shows
 * the form again and stores nothing.
 */
export function parseForm(schema: FormSchema, body: Readonly<Record<string, unknown>>): ParsedForm {
  const root = bodyTree(body);
  const rowAction = doRowAction(schema, root, Object.hasOwn(body, '_row') ? body._row : undefined);
  const value = readObject(schema, root);
  return rowAction ? { value, rowAction } : { value };
}
