/** The branches of a form: nested objects and repeated rows. One file, because rows hold objects and objects hold rows. */
import type { JSX } from 'preact';
import { describedBy, FieldError } from '../components/fields.tsx';
import type { FormContext } from './context.ts';
import { valueAt } from './context.ts';
import { Leaf } from './leaf.tsx';
import { type Place, ShowNote, showProps, titleOf } from './place.tsx';
import { join } from './pointer.ts';
import type { FormSchema } from './schema.ts';
import { DEFAULT_MAX_ITEMS, isDeclaration, propertiesOf, typeOf, widgetOf } from './schema.ts';

/** Stands for the row number in the row that the script copies. One per depth, so that rows may hold rows. */
const rowToken = (depth: number): string => `rowtoken${depth}x`;

/** A table is only read well with few, small columns. */
const MAX_COLUMNS = 6;

interface NodeProps {
  context: FormContext;
  place: Place;
  depth: number;
}

/** The fields of an object, one after another, or in the parts that its author made. */
export function Fields(props: {
  context: FormContext;
  node: FormSchema;
  pointer: string;
  depth: number;
  isTemplate?: boolean;
}): JSX.Element {
  const { context, node, pointer, depth, isTemplate } = props;
  const required = new Set(node.required);
  const places = propertiesOf(node).map(
    ([name, child]): Place => ({
      node: child,
      name,
      pointer: join(pointer, name),
      owner: pointer,
      required: required.has(name),
      ...(isTemplate && { isTemplate: true }),
    }),
  );
  const sections = node['x-sections'];
  if (!sections) return <FieldList context={context} places={places} depth={depth} />;
  return (
    <>
      {sections.map(({ title, fields }) => (
        <fieldset key={title} class="group part">
          <legend>{title}</legend>
          <FieldList
            context={context}
            depth={depth}
            places={places
              .filter(({ name }) => fields.includes(name))
              .map((place) => (titleOf(place) === title ? { ...place, isTitled: true } : place))}
          />
        </fieldset>
      ))}
    </>
  );
}

function FieldList({
  context,
  places,
  depth,
}: {
  context: FormContext;
  places: readonly Place[];
  depth: number;
}): JSX.Element {
  return (
    <div class="fields">
      {places.map((place) => (
        <Field key={place.name} context={context} place={place} depth={depth} />
      ))}
    </div>
  );
}

/** Any node: a leaf, an object or rows. */
export function Field(props: NodeProps): JSX.Element {
  const widget = widgetOf(props.place.node);
  if (widget === 'object') return <ObjectGroup {...props} />;
  return widget === 'rows' ? <Rows {...props} /> : <Leaf context={props.context} place={props.place} />;
}

/** What a group says of itself under its title. */
export function GroupHead({ context, place }: { context: FormContext; place: Place }): JSX.Element {
  const id = context.id(place.pointer);
  const error = place.isTemplate ? undefined : context.message(place.pointer);
  const hint = context.hint(place.pointer);
  return (
    <>
      <ShowNote context={context} place={place} />
      {place.node.description && (
        <p class="help" id={`${id}__help`}>
          {place.node.description}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}__hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={id} message={error} />}
    </>
  );
}

/** Attributes of the fieldset around a group. */
export function groupProps(context: FormContext, place: Place) {
  const id = context.id(place.pointer);
  const described = describedBy(id, {
    help: place.node.description,
    hint: context.hint(place.pointer),
    error: !place.isTemplate && context.message(place.pointer),
  });
  const autofocus = context.focus === place.pointer ? true : undefined;
  return { id, tabIndex: -1, 'aria-describedby': described, autofocus, ...showProps(context, place) };
}

function ObjectGroup({ context, place, depth }: NodeProps): JSX.Element {
  return (
    <fieldset class="group w-full" {...groupProps(context, place)}>
      <legend class={place.isTitled ? 'vh' : undefined}>{titleOf(place)}</legend>
      <GroupHead context={context} place={place} />
      <Fields
        context={context}
        node={place.node}
        pointer={place.pointer}
        depth={depth}
        {...(place.isTemplate && { isTemplate: true })}
      />
    </fieldset>
  );
}

function isTable(node: FormSchema): boolean {
  const columns = propertiesOf(node.items ?? {});
  const isFlat = columns.every(
    ([, c]) => !['object', 'array'].includes(typeOf(c)) && !isDeclaration(c) && c['x-widget'] !== 'signature',
  );
  return node['x-layout'] === 'table' && isFlat && columns.length <= MAX_COLUMNS;
}

interface RowProps extends NodeProps {
  /** Row number, or the token in the row that the script copies. */
  index: number | string;
}

function RowNumber({ index }: { index: number | string }): JSX.Element {
  return <span data-row-number>{typeof index === 'number' ? index + 1 : ''}</span>;
}

function RemoveButton({ place, index }: { place: Place; index: number | string }): JSX.Element {
  return (
    <button
      class="button button-quiet"
      type="submit"
      name="_row"
      value={`remove:${join(place.pointer, index)}`}
      formNoValidate
    >
      删除
      <span class="vh">
        {titleOf(place)}第 <RowNumber index={index} /> 行
      </span>
    </button>
  );
}

/** Tells the parser that the row is there even when nothing in it was filled or ticked. */
function RowMarker({ place, index }: { place: Place; index: number | string }): JSX.Element {
  return <input type="hidden" name={join(place.pointer, index)} value="" />;
}

/** A row can be led to by a fault, and takes the keyboard when it has just been added. */
function rowProps(context: FormContext, pointer: string) {
  const autofocus = context.focus === pointer ? true : undefined;
  return { id: context.id(pointer), tabIndex: -1, autofocus, 'data-row': true };
}

function rowError(context: FormContext, place: Place, index: number | string): JSX.Element | null {
  const pointer = join(place.pointer, index);
  const message = typeof index === 'number' ? context.message(pointer) : undefined;
  return message ? <FieldError id={context.id(pointer)} message={message} /> : null;
}

function CardRow({ context, place, depth, index }: RowProps): JSX.Element {
  const items = place.node.items ?? {};
  const pointer = join(place.pointer, index);
  const isTemplate = place.isTemplate || typeof index === 'string';
  return (
    <fieldset class="row-card" {...rowProps(context, pointer)}>
      <legend>
        {items.title ?? place.node['x-row-title'] ?? titleOf(place)} <RowNumber index={index} />
      </legend>
      <RowMarker place={place} index={index} />
      {rowError(context, place, index)}
      <Fields
        context={context}
        node={items}
        pointer={pointer}
        depth={depth + 1}
        {...(isTemplate && { isTemplate })}
      />
      <RemoveButton place={place} index={index} />
    </fieldset>
  );
}

function TableRow({ context, place, index }: RowProps): JSX.Element {
  const items = place.node.items ?? {};
  const pointer = join(place.pointer, index);
  const isTemplate = place.isTemplate || typeof index === 'string';
  const required = new Set(items.required);
  return (
    <tr {...rowProps(context, pointer)}>
      <td class="row-number">
        <RowNumber index={index} />
        <RowMarker place={place} index={index} />
      </td>
      {propertiesOf(items).map(([name, node]) => {
        const inner: Place = {
          node,
          name,
          pointer: join(pointer, name),
          owner: pointer,
          required: required.has(name),
          inTable: true,
          ...(isTemplate && { isTemplate }),
        };
        return (
          <td key={name}>
            <Leaf context={context} place={inner} />
          </td>
        );
      })}
      <td class="row-remove">
        {rowError(context, place, index)}
        <RemoveButton place={place} index={index} />
      </td>
    </tr>
  );
}

function RowTable(props: NodeProps & { indexes: readonly number[]; token: string }): JSX.Element {
  const { indexes, token, ...node } = props;
  const items = node.place.node.items ?? {};
  const required = new Set(items.required);
  return (
    <table class="row-table">
      <caption class="vh">{titleOf(node.place)}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="vh">序号</span>
          </th>
          {propertiesOf(items).map(([name, child]) => (
            <th key={name} scope="col">
              {child.title ?? name}
              {required.has(name) && (
                <span class="required" aria-hidden="true">
                  *
                </span>
              )}
            </th>
          ))}
          <th scope="col">
            <span class="vh">删除</span>
          </th>
        </tr>
      </thead>
      <tbody data-rows={node.place.pointer}>
        {indexes.map((index) => (
          <TableRow key={index} {...node} index={index} />
        ))}
      </tbody>
      <template data-row-template={node.place.pointer} data-token={token}>
        <TableRow {...node} index={token} />
      </template>
    </table>
  );
}

function RowCards(props: NodeProps & { indexes: readonly number[]; token: string }): JSX.Element {
  const { indexes, token, ...node } = props;
  return (
    <>
      <div class="row-cards" data-rows={node.place.pointer}>
        {indexes.map((index) => (
          <CardRow key={index} {...node} index={index} />
        ))}
      </div>
      <template data-row-template={node.place.pointer} data-token={token}>
        <CardRow {...node} index={token} />
      </template>
    </>
  );
}

/** Repeated rows. As many blank ones as `minItems` asks for are already there. */
function Rows({ context, place, depth }: NodeProps): JSX.Element {
  const { node } = place;
  const value = valueAt(context, place.pointer);
  const filled = Array.isArray(value) && !place.isTemplate ? value.length : 0;
  const indexes = Array.from({ length: Math.max(filled, node.minItems ?? 0) }, (_, i) => i);
  const max = node.maxItems ?? DEFAULT_MAX_ITEMS;
  const List = isTable(node) ? RowTable : RowCards;
  const rowWord = node.items?.title ?? node['x-row-title'] ?? '一行';
  const slot = place.isTemplate ? undefined : context.slot(place.pointer);
  return (
    <fieldset class="group rows w-full" {...groupProps(context, place)}>
      <legend class={place.isTitled ? 'vh' : undefined}>
        {titleOf(place)}
        {!place.required && <span class="optional">（选填）</span>}
      </legend>
      <GroupHead context={context} place={place} />
      {slot?.above}
      {slot?.instead ?? (
        <>
          <List context={context} place={place} depth={depth} indexes={indexes} token={rowToken(depth)} />
          <button
            class="button button-secondary button-add"
            type="submit"
            name="_row"
            value={`add:${place.pointer}`}
            data-max={max}
            formNoValidate
          >
            <span aria-hidden="true">＋ </span>添加{rowWord}
            {rowWord === '一行' && <span class="vh">{titleOf(place)}</span>}
          </button>
        </>
      )}
    </fieldset>
  );
}
