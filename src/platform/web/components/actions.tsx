import type { ComponentChildren, JSX } from 'preact';

export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet';

export interface ButtonProps {
  kind?: ButtonKind;
  /** With `value`: which button was pressed. */
  name?: string;
  value?: string;
  type?: 'submit' | 'button' | 'reset';
  /** Asked before anything is sent. */
  confirm?: string;
  /** Another address than the form's. */
  formAction?: string;
  disabled?: boolean;
  /** The form it belongs to when it stands outside. */
  form?: string;
  /** Fills the column: the one thing to do on a small page. */
  wide?: boolean;
  /** The key that presses it: a letter, or two in a row (`g i`). Shown on it, and listed under `?`. */
  shortcut?: string;
  children: ComponentChildren;
}

const buttonClass = (kind: ButtonKind, wide?: boolean): string =>
  `button button-${kind}${wide ? ' button-wide' : ''}`;

/** A button that submits. */
export function Button({
  kind = 'primary',
  type = 'submit',
  confirm,
  wide,
  shortcut,
  children,
  ...rest
}: ButtonProps): JSX.Element {
  return (
    <button type={type} class={buttonClass(kind, wide)} data-confirm={confirm} data-key={shortcut} {...rest}>
      {children}
      {shortcut && <Kbd keys={shortcut} />}
    </button>
  );
}

/** A key that is pressed, shown where there is a keyboard; read aloud only in the list of keys. */
export function Kbd({ keys }: { keys: string }): JSX.Element {
  return (
    <span class="kbd" aria-hidden="true">
      {keys.toUpperCase()}
    </span>
  );
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton(props: {
  href: string;
  kind?: ButtonKind;
  wide?: boolean;
  /** Opens in a new tab: papers to be printed. */
  newTab?: boolean;
  /** As a button's. */
  shortcut?: string;
  children: ComponentChildren;
}): JSX.Element {
  const { href, kind = 'secondary', wide, newTab, shortcut, children } = props;
  return (
    <a
      class={buttonClass(kind, wide)}
      href={href}
      data-key={shortcut}
      {...(newTab && { target: '_blank', rel: 'noopener' })}
    >
      {children}
      {shortcut && <Kbd keys={shortcut} />}
      {newTab && <span class="vh">（新窗口打开）</span>}
    </a>
  );
}

/** A row of buttons. `sticky` keeps it at the lower edge of the window under a long form. */
export function Actions({
  sticky,
  children,
}: {
  sticky?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  return <div class={sticky ? 'actions actions-sticky' : 'actions'}>{children}</div>;
}

/** Pages of a list by keyset: there is a next page or there is none, and no counting. `[` and `]` turn them. */
export function Pager(props: {
  first?: string | null;
  prev?: string | null;
  next?: string | null;
  /** Where this page begins: “第 51 条起”. */
  from?: number;
}): JSX.Element | null {
  const { first, prev, next, from } = props;
  if (!first && !prev && !next) return null;
  return (
    <nav class="pager" aria-label="翻页">
      {first && (
        <a class="button button-quiet" href={first}>
          « 第一页
        </a>
      )}
      {prev && (
        <a class="button button-secondary" rel="prev" href={prev} data-key="[">
          ‹ 上一页
        </a>
      )}
      {from !== undefined && <span class="help">第 {from} 条起</span>}
      {next && (
        <a class="button button-secondary" rel="next" href={next} data-key="]">
          下一页 ›
        </a>
      )}
    </nav>
  );
}

export interface Tab {
  href: string;
  text: string;
  count?: number;
  current?: boolean;
  shortcut?: string;
}

/** Views of one thing, each with its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }): JSX.Element {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} data-key={tab.shortcut} aria-current={tab.current ? 'page' : undefined}>
              {tab.text}
              {tab.shortcut && <Kbd keys={tab.shortcut} />}
              {tab.count !== undefined && <span class="count">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
