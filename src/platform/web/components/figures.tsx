/** Numbers and ways at a glance. Each says in words what it shows by its shape. */
import type { ComponentChildren, JSX } from 'preact';

export interface Stat {
  label: string;
  value: number | string;
  /** 件、人、天 */
  unit?: string;
  /** The list behind the number. */
  href?: string;
  note?: string;
  /** `warn` and `danger` for what waits to be done; the label has to say so as well. */
  tone?: 'plain' | 'warn' | 'danger';
}

/** Numbers side by side; each opens its list. */
export function StatTiles({ label, stats }: { label: string; stats: readonly Stat[] }): JSX.Element {
  return (
    <ul class="stats" aria-label={label}>
      {stats.map((stat) => (
        <li key={stat.label} class={`stat stat-${stat.tone ?? 'plain'}`}>
          {stat.href === undefined ? (
            <div class="stat-body">
              <StatBody {...stat} />
            </div>
          ) : (
            <a class="stat-body" href={stat.href}>
              <StatBody {...stat} />
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

const StatBody = ({ label, value, unit, note }: Stat): JSX.Element => (
  <>
    <span class="stat-label">{label}</span>
    <span class="stat-value">
      <b>{value}</b>
      {unit && ` ${unit}`}
    </span>
    {note && <span class="help">{note}</span>}
  </>
);

/** How much of a whole is done. `text` says it in words: “已交 3 份，共 5 份”. */
export function Progress({ done, of, text }: { done: number; of: number; text: string }): JSX.Element {
  return (
    <div class="progress">
      <progress value={done} max={Math.max(of, 1)} aria-label={text} />
      <span aria-hidden="true">{text}</span>
    </div>
  );
}

export interface Step {
  title: string;
  state: 'past' | 'now' | 'ahead';
  /** Who, or until when. */
  note?: ComponentChildren;
}

const STEP_WORDS: Record<Step['state'], string> = { past: '已完成', now: '正在办理', ahead: '未开始' };

/** The way of a case in one line: what is past, where it is, what is ahead. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }): JSX.Element {
  return (
    <ol class="steps" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.title}
          class={`step-${step.state}`}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <b>{step.title}</b>
          <span class="vh">（{STEP_WORDS[step.state]}）</span>
          {step.note && <span class="help">{step.note}</span>}
        </li>
      ))}
    </ol>
  );
}
