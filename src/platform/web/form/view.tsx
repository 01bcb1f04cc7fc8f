/**
 * A filled form as it is read: on screen by staff, on paper by everyone.
 * One file, because sections, objects and rows hold one another.
 */
import type { ComponentChildren, JSX, VNode } from 'preact';
import type { Fault } from '../../../errors.ts';
import { type Definition, DefinitionList, Table } from '../components/data.tsx';
import { FieldError } from '../components/fields.tsx';
import { isShown } from './conditions.ts';
import { createContext, type FormContext, type TableSlot, valueAt } from './context.ts';
import { join } from './pointer.ts';
import { sectionsOf } from './render.tsx';
import type { FormSchema, SectionHint } from './schema.ts';
import { isComputed, isDeclaration, propertiesOf, typeOf, widgetOf } from './schema.ts';
import { leafText } from './text.ts';

export interface ViewInput {
  schema: FormSchema;
  value: unknown;
  faults?: readonly Fault[];
  /** What the faults' pointers begin with before the form's own: `/form`. */
  prefix?: string;
  idPrefix?: string;
  /** At tables, by their pointer. */
  slots?: Readonly<Record<string, TableSlot>>;
  /** Stands beside what is filled in at a pointer: a box to tick what is wrong there. */
  beside?: (pointer: string) => ComponentChildren;
  /** Tables with more columns than this become one list of facts per row, where there is little room. */
  columns?: number;
  /** Show sensitive values in full: a separate, recorded act. */
  reveal?: boolean;
  /** Level of the sections' headings; 3 (inside a card with a heading) on screen, 2 on paper unless given. */
  level?: 2 | 3;
}

interface ViewContext extends FormContext {
  readonly reveal: boolean;
  readonly columns: number;
  beside(pointer: string): ComponentChildren;
  /** Heading of a branch inside a section, and of a row inside that. */
  readonly headings: readonly ['h3' | 'h4', 'h4' | 'h5'];
}

/** Unless the page says otherwise. */
const MAX_COLUMNS = 9;

interface Spot {
  node: FormSchema;
  name: string;
  pointer: string;
}

function childrenOf(context: ViewContext, node: FormSchema, pointer: string): Spot[] {
  return propertiesOf(node)
    .filter(([, child]) => isShown(child['x-show'], context.live, pointer))
    .map(([name, child]) => ({ node: child, name, pointer: join(pointer, name) }));
}

const titleOf = (spot: Spot): string => spot.node.title ?? spot.name;

function SignatureImage({ title, value }: { title: string; value: string }): JSX.Element {
  return <img class="signature-image" src={value} alt={title} />;
}

/** Longer texts scroll on screen, and so must take the keyboard. */
const LONG_TEXT = 300;

function Given({ title, text }: { title: string; text: string }): JSX.Element {
  if (text.length <= LONG_TEXT) return <span class="given">{text}</span>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="given given-long" aria-label={title} tabIndex={0}>
      {text}
    </section>
  );
}

/** A leaf's value, with the fault that was found in it beside it. */
function LeafValue({ context, spot }: { context: ViewContext; spot: Spot }): JSX.Element {
  const value = valueAt(context, spot.pointer);
  const message = context.message(spot.pointer);
  const isImage =
    widgetOf(spot.node) === 'signature' && typeof value === 'string' && value.startsWith('data:image/');
  const text = isImage ? '' : leafText(spot.node, value, context.reveal);
  return (
    <>
      {isImage && <SignatureImage title={titleOf(spot)} value={value} />}
      {!isImage &&
        (text === '' ? (
          <span class="not-given">{isComputed(spot.node) ? '—' : '未填写'}</span>
        ) : (
          <Given title={titleOf(spot)} text={text} />
        ))}
      {message && <FieldError id={context.id(spot.pointer)} message={message} />}
      {context.beside(spot.pointer)}
    </>
  );
}

function definitionOf(context: ViewContext, spot: Spot): Definition {
  const widget = widgetOf(spot.node);
  const wide =
    spot.node['x-width'] === 'full' ||
    widget === 'textarea' ||
    widget === 'signature' ||
    widget === 'checkboxes';
  // A sentence to be confirmed does not fit the narrow column of terms.
  const statement =
    isDeclaration(spot.node) ||
    ([...titleOf(spot)].length > 16 && (widget === 'yes-no' || widget === 'radio'));
  if (statement)
    return { term: titleOf(spot), detail: <LeafValue context={context} spot={spot} />, statement };
  return { term: titleOf(spot), detail: <LeafValue context={context} spot={spot} />, ...(wide && { wide }) };
}

/** A fact that would stand alone in its half of the line takes the whole line. */
function filled(items: Definition[]): Definition[] {
  const isWhole = (item: Definition | undefined): boolean => !item || Boolean(item.wide || item.statement);
  let half = false;
  return items.map((item, i) => {
    if (isWhole(item)) return item;
    const isAlone = !half && isWhole(items[i + 1]);
    half = !half && !isAlone;
    return isAlone ? { ...item, wide: true } : item;
  });
}

/** The author's order, with neighbouring leaves gathered into one list of facts. */
function runsOf(spots: readonly Spot[]): Spot[][] {
  const isBranch = (spot: Spot): boolean => ['object', 'rows'].includes(widgetOf(spot.node));
  return spots.reduce<Spot[][]>((runs, spot) => {
    const last = runs.at(-1);
    const [before] = last ?? [];
    if (last && before && !isBranch(before) && !isBranch(spot)) last.push(spot);
    else runs.push([spot]);
    return runs;
  }, []);
}

/** An object's facts, its objects and rows each under their own title. */
function ObjectView(props: {
  context: ViewContext;
  node: FormSchema;
  pointer: string;
  title?: string;
}): JSX.Element {
  const { context, node, pointer, title } = props;
  const [Heading] = context.headings;
  const message = pointer === '' ? undefined : context.message(pointer);
  return (
    <>
      {message && <FieldError id={context.id(pointer)} message={message} />}
      {runsOf(childrenOf(context, node, pointer)).map((run) => {
        const [first] = run;
        if (!first) return null;
        if (!['object', 'rows'].includes(widgetOf(first.node))) {
          return <DefinitionList key={first.name} items={filled(run.map((s) => definitionOf(context, s)))} />;
        }
        return (
          <div class="view-branch" key={first.name}>
            {titleOf(first) !== title && <Heading>{titleOf(first)}</Heading>}
            <BranchView context={context} spot={first} />
          </div>
        );
      })}
    </>
  );
}

function BranchView({ context, spot }: { context: ViewContext; spot: Spot }): JSX.Element {
  if (typeOf(spot.node) === 'object')
    return <ObjectView context={context} node={spot.node} pointer={spot.pointer} />;
  return <RowsView context={context} spot={spot} />;
}

function RowsView({ context, spot }: { context: ViewContext; spot: Spot }): JSX.Element {
  const [, RowHeading] = context.headings;
  const value = valueAt(context, spot.pointer);
  const items = spot.node.items ?? {};
  const indexes = (Array.isArray(value) ? value : []).map((_, i) => i);
  const message = context.message(spot.pointer);
  const columns = propertiesOf(items);
  const isFlat =
    columns.every(([, c]) => !['object', 'rows'].includes(widgetOf(c))) && columns.length <= context.columns;
  const slot = context.slot(spot.pointer);
  if (slot?.instead)
    return (
      <>
        {message && <FieldError id={context.id(spot.pointer)} message={message} />}
        {context.beside(spot.pointer)}
        {slot.above}
        {slot.instead}
      </>
    );
  return (
    <>
      {message && <FieldError id={context.id(spot.pointer)} message={message} />}
      {context.beside(spot.pointer)}
      {slot?.above}
      {indexes.length === 0 && <p class="not-given">无</p>}
      {indexes.length > 0 && isFlat && (
        <Table
          caption={titleOf(spot)}
          captionHidden
          rows={indexes}
          rowKey={String}
          columns={columns.map(([name, node]) => ({
            title: node.title ?? name,
            numeric: typeOf(node) === 'number' || typeOf(node) === 'integer',
            cell: (i: number) => {
              const owner = join(spot.pointer, i);
              if (!isShown(node['x-show'], context.live, owner)) return '—';
              return <LeafValue context={context} spot={{ node, name, pointer: join(owner, name) }} />;
            },
          }))}
        />
      )}
      {indexes.length > 0 &&
        !isFlat &&
        indexes.map((i) => (
          <div class="view-row" key={i}>
            <RowHeading>
              {items.title ?? spot.node['x-row-title'] ?? titleOf(spot)} {i + 1}
            </RowHeading>
            <ObjectView context={context} node={items} pointer={join(spot.pointer, i)} />
          </div>
        ))}
    </>
  );
}

function SectionView({
  context,
  section,
  level,
}: {
  context: ViewContext;
  section: SectionHint;
  level: 2 | 3;
}): JSX.Element | null {
  const known = new Map(childrenOf(context, context.schema, '').map((s) => [s.name, s]));
  const spots = section.fields.flatMap((name) => known.get(name) ?? []);
  const [only] = spots;
  if (!only) return null;
  const Heading = level === 2 ? 'h2' : 'h3';
  const isOneBranch = spots.length === 1 && ['object', 'rows'].includes(widgetOf(only.node));
  // The section as an object of its own: the same schema with the other properties left out.
  const properties = Object.fromEntries(spots.map((spot) => [spot.name, spot.node]));
  return (
    <section class="view-section">
      <Heading>{section.title}</Heading>
      {isOneBranch ? (
        <BranchView context={context} spot={only} />
      ) : (
        <ObjectView
          context={context}
          node={{ type: 'object', properties }}
          pointer=""
          title={section.title}
        />
      )}
    </section>
  );
}

function viewOf(input: ViewInput, className: string, defaultLevel: 2 | 3): VNode {
  const level = input.level ?? defaultLevel;
  const context: ViewContext = {
    ...createContext(input),
    reveal: input.reveal ?? false,
    columns: input.columns ?? MAX_COLUMNS,
    beside: input.beside ?? (() => null),
    headings: level === 2 ? ['h3', 'h4'] : ['h4', 'h5'],
  };
  return (
    <div class={className}>
      {sectionsOf(input.schema).map((section) => (
        <SectionView key={section.title} context={context} section={section} level={level} />
      ))}
    </div>
  );
}

/** Read-only view. Sensitive values are masked unless `reveal`; fields that were not asked are left out. */
export function renderView(input: ViewInput): VNode {
  return viewOf(input, 'form-view', 3);
}

/** The same as a ruled sheet for A4 paper. */
export function renderPrint(input: ViewInput): VNode {
  return viewOf(input, 'form-view form-sheet', 2);
}
