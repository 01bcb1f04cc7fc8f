/** The parts of a guide, each under the word the law gives it (B1-2). */
import type { JSX } from 'preact';
import { Badge, Card, DefinitionList } from '../../../platform/web/index.ts';
import {
  type ItemGuide,
  isBrought,
  type MaterialGuide,
  type SituationGuide,
  type StepGuide,
} from '../present/index.ts';

export function Lines({ lines }: { lines: readonly string[] }): JSX.Element {
  return (
    <ol class="plain-list">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}

function Bring({ material: m }: { material: MaterialGuide }): JSX.Element {
  return (
    <li>
      <span class="tick" aria-hidden="true" />
      <div>
        <b>{m.title}</b>{' '}
        <span class="help">
          {m.form} {m.copies} 份
        </span>
        {m.conditional && <Badge text="视情况" />}
        {m.spared && <Badge tone="info" text="可以签承诺代替" />}
        {m.tolerable !== null && <Badge tone="info" text="可以容缺" />}
        {m.help && <p class="help">{m.help}</p>}
        {m.spared && <p class="help">{m.spared.source}</p>}
        {m.tolerable !== null && <p class="help">签了承诺，受理后 {m.tolerable} 个工作日内补交。</p>}
      </div>
    </li>
  );
}

/** What to bring as a check-list, and apart from it what need not be brought, with the reason. */
export function Materials({ materials }: { materials: readonly MaterialGuide[] }): JSX.Element {
  const brought = materials.filter(isBrought);
  const spared = materials.filter((m) => !isBrought(m));
  return (
    <>
      <Card title="要带什么（材料目录）">
        {brought.length === 0 && <p>不用带材料，人到就行。</p>}
        <ul class="bring">
          {brought.map((m) => (
            <Bring key={m.id} material={m} />
          ))}
        </ul>
        {brought.some((m) => m.conditional) && (
          <p class="help">标“视情况”的，填表时按情况提示，没有这种情况的不用带。</p>
        )}
      </Card>
      {spared.length > 0 && (
        <Card title="不用带的材料">
          <ul class="spared">
            {spared.map((m) => (
              <li key={m.id}>
                {m.title}
                <span class="help">
                  （{m.spared?.text.replace('免交：', '')}：{m.spared?.source}）
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

const conditionText = ({ mark, taken }: NonNullable<StepGuide['condition']>): string =>
  taken ? `有${mark}情形的才办` : `有${mark}情形的不办`;

function StepLine({ step }: { step: StepGuide }): JSX.Element {
  const notes = [...step.notes].join('；');
  return (
    <li>
      <p class="step-head">
        <b>{step.title}</b>
        <span>{step.who}</span>
        {step.time && <span class="step-time">{step.time}</span>}
      </p>
      {(step.condition || notes) && (
        <p class="help">
          {step.condition && <span class="step-when">{conditionText(step.condition)}</span>}
          {notes}
        </p>
      )}
    </li>
  );
}

/** 办理程序: who, how long, and under which condition. */
export function Steps({ situation }: { situation: SituationGuide }): JSX.Element {
  const { steps, conditions } = situation;
  return (
    <>
      <ol class="guide-steps">
        {steps.map((step) => (
          <StepLine key={step.id} step={step} />
        ))}
      </ol>
      {conditions.length > 0 && (
        <ul class="step-conditions">
          {conditions.map(({ mark, says }) => (
            <li key={mark}>
              {mark} {says}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const joined = (lines: readonly string[]): string => lines.join('；');

/** 期限、收费、数量, and what comes of it. */
export function Terms({ guide, situation }: { guide: ItemGuide; situation: SituationGuide }): JSX.Element {
  const { results, payments } = situation;
  return (
    <DefinitionList
      items={[
        { term: '承诺期限', detail: <strong>{situation.promised}</strong> },
        { term: '法定期限', detail: situation.statutory ?? '法律没有规定期限' },
        ...(guide.extension ? [{ term: '延长', detail: guide.extension, wide: true }] : []),
        { term: '收费', detail: guide.fee },
        { term: '数量', detail: guide.quota },
        {
          term: '办好给什么',
          detail:
            results.length === 0
              ? '书面决定'
              : joined(results.map((r) => r.title + (r.validity ? `（${r.validity}）` : ''))),
          wide: true,
        },
        ...(payments.length > 0
          ? [
              {
                term: '发钱',
                detail: joined(payments.map((p) => p.title + (p.rhythm ? `（${p.rhythm}）` : ''))),
                wide: true,
              },
            ]
          : []),
      ]}
    />
  );
}
