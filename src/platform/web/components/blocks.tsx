import type { ComponentChildren, JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { fieldId, segmentsOf } from '../form/pointer.ts';
import { type FormSchema, schemaAt } from '../form/schema.ts';
import { placeLabel } from '../form/text.ts';

/** One subject of a page. `level` 2 unless it stands inside another. */
export function Card(props: {
  title?: string;
  level?: 2 | 3;
  id?: string;
  /** Stands right of the title: a badge, a link. */
  aside?: ComponentChildren;
  tone?: 'plain' | 'now' | 'warn';
  children: ComponentChildren;
}): JSX.Element {
  const { title, level = 2, id, aside, tone = 'plain', children } = props;
  return (
    <section class={`card card-${tone}`} id={id}>
      {(title || aside) && (
        <div class="card-head">
          {title && (level === 2 ? <h2>{title}</h2> : <h3>{title}</h3>)}
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** Nothing here, and what to do about it. */
export function EmptyState({
  title,
  children,
}: {
  title: string;
  children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <div class="help">{children}</div>}
    </div>
  );
}

/** The nearest place a page has an element for: unknown steps at the end of a pointer are left out. */
function anchorPointer(pointer: string, schema: FormSchema | undefined, prefix: string): string {
  if (!schema || !pointer.startsWith(`${prefix}/`)) return pointer;
  const own = segmentsOf(pointer.slice(prefix.length));
  const known = own.findIndex((_, i) => !schemaAt(schema, own.slice(0, i + 1)));
  if (known === -1) return pointer;
  const kept = pointer
    .slice(prefix.length)
    .split('/')
    .slice(0, known + 1)
    .join('/');
  return prefix + kept;
}

/** `身份证号：校验位不符`: the place in front, unless the sentence names it already. */
function lineOf(fault: Fault, schema: FormSchema | undefined, prefix: string): string {
  if (!schema || !fault.pointer.startsWith(`${prefix}/`)) return fault.message;
  const label = placeLabel(schema, fault.pointer.slice(prefix.length));
  const title = label.split(' › ').at(-1) ?? '';
  const isNamed = label === '' || (fault.message.includes(title) && !/ 第 \d+ 行/.test(label));
  return isNamed ? fault.message : `${label}：${fault.message}`;
}

/**
 * Everything that is wrong, each with a link to its field. Takes the keyboard when the page opens.
 * `schema` and `prefix` let a fault deep inside a value point at the nearest field that is drawn.
 */
export function ErrorSummary(props: {
  faults: readonly Fault[];
  schema?: FormSchema;
  prefix?: string;
  idPrefix?: string;
  title?: string;
  /** Leaves the keyboard where it is: shown as an example. */
  quiet?: boolean;
}): JSX.Element | null {
  const { faults, schema, prefix = '', idPrefix = 'f', title, quiet = false } = props;
  if (faults.length === 0) return null;
  const seen = new Set<string>();
  const lines = faults.filter((f) => {
    const key = `${f.pointer} ${f.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return (
    <div class="error-summary" role="alert" tabIndex={-1} autofocus={!quiet} data-focus={!quiet || undefined}>
      <h2>{title ?? `有 ${lines.length} 处需要修改`}</h2>
      <ul>
        {lines.map((fault) => (
          <li key={`${fault.pointer} ${fault.message}`}>
            <a href={`#${fieldId(anchorPointer(fault.pointer, schema, prefix), idPrefix)}`}>
              {lineOf(fault, schema, prefix)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The body of an error page: what happened, what to do next, what to tell the administrator. */
export function ErrorPage(props: {
  status: number;
  /** The Chinese sentence of the error code. */
  happened: string;
  /** What the reader can do now. */
  next?: readonly string[];
  requestId: string;
  links?: readonly { href: string; text: string }[];
  /** 1 unless it is shown within a page. */
  level?: 1 | 3;
  children?: ComponentChildren;
}): JSX.Element {
  const {
    status,
    happened,
    next = [],
    requestId,
    links = [{ href: '/', text: '返回首页' }],
    level = 1,
    children,
  } = props;
  const Title = level === 1 ? 'h1' : 'h4';
  const Subtitle = level === 1 ? 'h2' : 'h5';
  return (
    <section class="error-page">
      <p class="error-status">{status}</p>
      <Title>{happened}</Title>
      {next.length > 0 && (
        <>
          <Subtitle>接下来可以</Subtitle>
          <ul>
            {next.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {children}
      <div class="actions">
        {links.map((link) => (
          <a key={link.href} class="button button-secondary" href={link.href}>
            {link.text}
          </a>
        ))}
      </div>
      <p class="help">
        请求编号 <code>{requestId}</code>（如需帮助，请告诉管理员）
      </p>
    </section>
  );
}
