import type { JSX } from 'preact';
import { chineseDateTime } from '../../../../kernel/time.ts';
import type { Pinned } from '../../../../platform/definitions/index.ts';
import { Badge, Card, DefinitionList, EmptyState, RowLink, Table } from '../../../../platform/web/index.ts';
import { draw } from '../../../../workflow/draw/index.ts';
import type { FormSchema } from '../../../../workflow/form-schema.ts';
import type { PackageDefinition } from '../../../../workflow/package.ts';
import type { itemGuide, SituationGuide } from '../../../catalogue/index.ts';
import { departmentName } from '../../../departments.ts';
import type { listSchemes } from '../../../payouts/index.ts';
import { Drawing } from '../../../shell.tsx';
import type { Difference } from '../differences.ts';
import type { Version } from '../versions.ts';

export const PATH = '/admin/definitions';

/** Enough of a hash to tell versions apart; the whole stands on the page of the item. */
const SHORT = 8;

export const Items = ({ items }: { items: readonly Version[][] }): JSX.Element => (
  <Table
    list
    caption={`事项（${items.length}）`}
    rows={items}
    rowKey={([v]) => v?.pinned.definition.code ?? ''}
    columns={[
      {
        title: '事项',
        head: true,
        cell: (versions) => {
          const { code, title } = newest(versions).pinned.definition;
          return (
            <RowLink href={`${PATH}/${code}`}>
              {code} {title}
            </RowLink>
          );
        },
      },
      { title: '部门', cell: (versions) => departmentName(newest(versions).pinned.definition.department) },
      { title: '版本', numeric: true, cell: (versions) => newest(versions).pinned.definition.version },
      { title: '标识', cell: (versions) => <code>{newest(versions).pinned.sha256.slice(0, SHORT)}</code> },
      { title: '从何时起', nowrap: true, cell: (versions) => chineseDateTime(newest(versions).storedAt) },
      { title: '在办', cell: (versions) => runningText(versions) },
    ]}
  />
);

const newest = (versions: readonly Version[]): Version => versions[0] as Version;

/** `12 件`, `第 2 版 3 件，第 1 版 9 件` */
function runningText(versions: readonly Version[]): string {
  const carrying = versions.filter((v) => v.running > 0);
  if (carrying.length === 0) return '没有';
  if (carrying.length === 1 && carrying[0] === versions[0]) return `${newest(versions).running} 件`;
  return carrying.map((v) => `第 ${v.pinned.definition.version} 版 ${v.running} 件`).join('，');
}

export function Packages({ packages }: { packages: readonly PackageDefinition[] }): JSX.Element {
  return (
    <Table
      caption={`一件事（${packages.length}）`}
      rows={packages}
      rowKey={(p) => p.code}
      empty={<EmptyState title="没有一件事" />}
      columns={[
        { title: '一件事', head: true, cell: (p) => `${p.code} ${p.title}` },
        { title: '版本', numeric: true, cell: (p) => p.version },
        {
          title: '包含的事项',
          cell: (p) =>
            p.items.map(({ code }, i) => (
              <>
                {i > 0 && '、'}
                <a href={`${PATH}/${code}`}>{code}</a>
              </>
            )),
        },
      ]}
    />
  );
}

const RHYTHMS = { month: '按月', quarter: '按季', year: '按年', once: '一次' } as Record<string, string>;

export function Schemes({ schemes }: { schemes: ReturnType<typeof listSchemes> }): JSX.Element {
  return (
    <Table
      caption={`发放项目（${schemes.length}）`}
      rows={schemes}
      rowKey={(s) => s.code}
      columns={[
        { title: '发放项目', head: true, cell: (s) => s.title },
        { title: '部门', cell: (s) => departmentName(s.department) },
        { title: '周期', cell: (s) => RHYTHMS[s.rhythm] ?? s.rhythm },
        { title: '来自事项', cell: (s) => s.items.join('、') },
        {
          title: '核实',
          cell: (s) => (
            <Badge tone={s.verified ? 'done' : 'neutral'} text={s.verified ? '已核实' : '没有核实'} />
          ),
        },
      ]}
    />
  );
}

export function VersionTable({
  versions,
  shown,
}: {
  versions: readonly Version[];
  shown: Version;
}): JSX.Element {
  return (
    <Table
      caption="版本"
      rows={versions}
      rowKey={(v) => v.pinned.sha256}
      columns={[
        {
          title: '版本',
          head: true,
          cell: (v) => (
            <>
              <a
                href={`${PATH}/${v.pinned.definition.code}?version=${v.pinned.definition.version}`}
                aria-current={v === shown ? 'true' : undefined}
              >
                第 {v.pinned.definition.version} 版
              </a>{' '}
              {v.current && <Badge tone="done" text="新收件用" />}
            </>
          ),
        },
        { title: '从何时起', cell: (v) => chineseDateTime(v.storedAt) },
        { title: '在办', numeric: true, nowrap: true, cell: (v) => `${v.running} 件` },
        { title: '标识', cell: (v) => <code class="hash">{v.pinned.sha256}</code> },
        {
          title: '差别',
          cell: (v) => {
            const before = versions[versions.indexOf(v) + 1]?.pinned.definition.version;
            const { code, version } = v.pinned.definition;
            return before === undefined ? (
              '—'
            ) : (
              <a href={`${PATH}/${code}/differences?from=${before}&to=${version}`}>与第 {before} 版比</a>
            );
          },
        },
      ]}
    />
  );
}

type Guide = ReturnType<typeof itemGuide>;

export function Basics({ guide, pinned }: { guide: Guide; pinned: Pinned }): JSX.Element {
  return (
    <Card title="概要">
      <DefinitionList
        items={[
          { term: '主管部门', detail: departmentName(pinned.definition.department) },
          { term: '情形', detail: guide.guides.map((g) => g.title).join('、') },
          { term: '依据', detail: guide.basis.join('；'), wide: true },
        ]}
      />
    </Card>
  );
}

/** Terms, steps and drawing of one situation. */
export function Situation({ guide, pinned }: { guide: SituationGuide; pinned: Pinned }): JSX.Element {
  const { definition, machine } = pinned;
  const title = `${definition.title}（${guide.title}）流程图`;
  return (
    <Card title={guide.title} id={`situation-${guide.id}`}>
      <DefinitionList
        items={[
          { term: '法定期限', detail: guide.statutory ?? '没有规定' },
          { term: '承诺期限', detail: guide.promised },
        ]}
      />
      <Table
        caption="环节"
        rows={guide.steps}
        rowKey={(s) => s.id}
        columns={[
          { title: '环节', head: true, cell: (s) => s.title },
          { title: '谁办', cell: (s) => s.who },
          { title: '时间', cell: (s) => s.time ?? '—' },
          {
            title: '说明',
            cell: (s) =>
              [
                ...(s.condition ? [`${s.condition.taken ? '符合' : '不符合'}${s.condition.mark}时办`] : []),
                ...s.notes,
              ].join('；') || '—',
          },
        ]}
      />
      {guide.conditions.length > 0 && (
        <ul class="help">
          {guide.conditions.map((c) => (
            <li key={c.mark}>
              {c.mark} {c.says}
            </li>
          ))}
        </ul>
      )}
      <Drawing svg={draw(machine, title, { situation: guide.id })} label={title} />
    </Card>
  );
}

interface FieldLine {
  place: string;
  kind: string;
  required: boolean;
}

const KINDS: Record<string, string> = {
  string: '文字',
  number: '数',
  integer: '整数',
  boolean: '勾选',
  array: '多行',
};

/** Every field a form asks for, by its place. */
function fieldLines(schema: FormSchema, place: string[] = []): FieldLine[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const own = [...place, field.title ?? name];
    const below = field.items?.properties ? field.items : field;
    if (below.properties) return fieldLines(below, own);
    return [
      {
        place: own.join(' › '),
        kind: field.enum ? `选择：${field.enum.join('、')}` : (KINDS[field.type ?? ''] ?? '—'),
        required: schema.required?.includes(name) ?? false,
      },
    ];
  });
}

/** The forms that are asked, each once. */
export function Forms({ guides }: { guides: readonly SituationGuide[] }): JSX.Element {
  const forms = new Map(guides.map((g) => [g.form.$id ?? g.id, g.form]));
  return (
    <>
      {[...forms].map(([name, form]) => (
        <details key={name} class="folded">
          <summary>表单 {name.replace(/\.json$/, '')}</summary>
          <Table
            caption="栏目"
            captionHidden
            rows={fieldLines(form)}
            rowKey={(f, i) => `${f.place} ${i}`}
            columns={[
              { title: '栏目', head: true, cell: (f) => f.place },
              { title: '填什么', cell: (f) => f.kind },
              { title: '必填', nowrap: true, cell: (f) => (f.required ? '必填' : '选填') },
            ]}
          />
        </details>
      ))}
    </>
  );
}

export function Differences(props: {
  differences: readonly Difference[];
  from: number;
  to: number;
}): JSX.Element {
  const { differences, from, to } = props;
  return (
    <Table
      caption={`${differences.length} 处不同`}
      rows={differences}
      rowKey={(d) => d.place}
      empty={<EmptyState title="内容没有不同" />}
      columns={[
        { title: '位置', head: true, cell: (d) => d.place },
        { title: `第 ${from} 版`, cell: (d) => d.before ?? <span class="help">没有</span> },
        { title: `第 ${to} 版`, cell: (d) => d.after ?? <span class="help">删去</span> },
      ]}
    />
  );
}
