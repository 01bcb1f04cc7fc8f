/** Words and parts that the pages of stations share. */
import type { ComponentChildren, JSX } from 'preact';
import { newId } from '../../../kernel/ids.ts';
import { weekday } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { type BadgeTone, Button, type ButtonKind, CsrfField } from '../../../platform/web/index.ts';
import type { DayHours, Standing } from '../rules.ts';
import type { StationDeps } from '../types.ts';

/** Nobody has entered it: said, never made up. */
export const Missing = (): JSX.Element => <span class="help">尚未登记</span>;

export function standingText(standing: Standing): string {
  switch (standing.state) {
    case 'open':
      return `正在上班，到 ${standing.until}`;
    case 'later':
      return `现在没开门，${standing.opens} 开`;
    case 'over':
      return '今天已经下班';
    case 'closed':
      return standing.why === null ? '今天不上班' : `今天不上班（${standing.why}）`;
    case 'unknown':
      return '今天上不上班，放假安排未公布';
  }
}

export const STANDING_TONES: Record<Standing['state'], BadgeTone> = {
  open: 'done',
  later: 'warn',
  over: 'neutral',
  closed: 'neutral',
  unknown: 'warn',
};

/** `08:30–11:30，14:30–17:30` */
export function spansText({ spans }: Pick<DayHours, 'spans'>): string {
  if (spans === null) return '未公布';
  if (spans.length === 0) return '不上班';
  return spans.map(([opens, closes]) => `${opens}–${closes}`).join('，');
}

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** `9月28日 周一`; the first of a list is today. */
export const dayText = (day: LocalDate, isToday = false): string =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 ${isToday ? '今天' : `周${WEEKDAYS[weekday(day)]}`}`;

/** Proof and key of a form that writes: a repeat gets the first answer. */
export const Keyed = ({ ctx, deps }: { ctx: RouteContext; deps: StationDeps }): JSX.Element => (
  <>
    {ctx.state.csrf && <CsrfField token={ctx.state.csrf} />}
    <input type="hidden" name="_request" value={newId(deps.clock.now(), deps.random)} />
  </>
);

/** One button that does one thing. */
export function Press(props: {
  ctx: RouteContext;
  deps: StationDeps;
  action: string;
  kind?: ButtonKind;
  shortcut?: string;
  confirm?: string;
  fields?: Record<string, string>;
  children: ComponentChildren;
}): JSX.Element {
  const { ctx, deps, action, kind = 'primary', shortcut, confirm, fields = {}, children } = props;
  return (
    <form method="post" action={action}>
      <Keyed ctx={ctx} deps={deps} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button kind={kind} {...(shortcut && { shortcut })} {...(confirm && { confirm })}>
        {children}
      </Button>
    </form>
  );
}

export const orgIdOf = (ctx: RouteContext): string => ctx.params.org as string;

/** Which window this is; null: the one desk of a small station. */
export function counterOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : 0;
  return number >= 1 && number <= 30 ? number : null;
}

/** `2 号窗口` */
export const counterText = (counter: number | null): string =>
  counter === null ? '服务台' : `${counter} 号窗口`;

/** `到 2 号窗口` */
export const toCounter = (counter: number | null): string =>
  `到${counter === null ? '' : ' '}${counterText(counter)}`;
