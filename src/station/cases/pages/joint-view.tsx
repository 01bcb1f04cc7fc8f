/** Cards of what a case shares with others: offices asked together, a quota, papers owed, other cases. */
import type { JSX } from 'preact';
import { chineseDate, chineseDateTime, localDate } from '../../../kernel/time.ts';
import {
  Actions,
  Badge,
  type BadgeTone,
  Button,
  Card,
  Checklist,
  CsrfField,
  DefinitionList,
  FileField,
  fieldId,
  Light,
  Table,
} from '../../../platform/web/index.ts';
import type { ReachAct } from '../../../workflow/types.ts';
import type { ShareView } from '../../quotas/index.ts';
import type { CaseLink } from '../links.ts';
import type { CaseView } from '../present.ts';
import type { PartView } from '../situation.ts';
import { dueText, endText, leftText } from './words.ts';

function PartStands({ part }: { part: PartView }): JSX.Element {
  const { standing, clock } = part;
  if (standing === 'deemed')
    return (
      <div>
        <Light light="red" text="没有答复，视为没有意见" />
      </div>
    );
  if (standing !== 'open')
    return (
      <div>
        <Badge
          tone={standing === 'agreed' ? 'done' : 'danger'}
          text={standing === 'agreed' ? '同意' : '不同意'}
        />
      </div>
    );
  return (
    <div>
      <Badge tone="info" text="等待答复" />{' '}
      {clock && clock.light !== 'done' && <Light light={clock.light} text={leftText(clock)} />}
    </div>
  );
}

/** 联合审查: each office, its question, where it stands, until when, and what it said. */
export function JointCard({ view }: { view: CaseView }): JSX.Element | null {
  const { joint } = view;
  if (!joint) return null;
  const answered = joint.parts.filter((p) => p.standing !== 'open').length;
  return (
    <Card
      id="joint"
      title={`${joint.title}：各部门的意见`}
      tone={joint.parts.some((p) => p.standing === 'deemed' || p.standing === 'objected') ? 'warn' : 'plain'}
      aside={<span class="help">{`同时征求 ${joint.parts.length} 个部门，已办 ${answered} 个`}</span>}
    >
      <Table
        caption="各部门的意见"
        captionHidden
        rows={joint.parts}
        rowKey={(p) => p.part}
        columns={[
          { title: '部门', head: true, cell: (p) => p.orgName },
          { title: '审查什么', cell: (p) => p.title },
          { title: '情况', cell: (p) => <PartStands part={p} /> },
          {
            title: '最迟',
            nowrap: true,
            cell: (p) => (p.clock && p.due !== null ? endText(p.clock) : '—'),
          },
          { title: '意见', cell: (p) => <Opinion part={p} /> },
        ]}
      />
    </Card>
  );
}

function Opinion({ part }: { part: PartView }): JSX.Element {
  const { opinion, by, answeredAt } = part;
  if (answeredAt === null) return <span class="help">—</span>;
  return (
    <div>
      {opinion !== null && <p>{opinion}</p>}
      <p class="help">{[by, chineseDateTime(answeredAt)].filter(Boolean).join(' · ')}</p>
    </div>
  );
}

/** 指标: the line the case stands in. */
export function ShareCard({ share }: { share: ShareView }): JSX.Element {
  const { title, unit, orgName, year, asked, score, standing, state } = share;
  const amount = (n: number) => `${n} ${unit}`;
  const line =
    standing === null
      ? []
      : [
          { term: '全年指标', detail: amount(standing.total) },
          { term: '已分配', detail: amount(standing.taken) },
          { term: '排在第几', detail: standing.place === 0 ? '已分配' : `第 ${standing.place} 位` },
          { term: '前面要用', detail: amount(standing.ahead) },
          { term: '本件申请', detail: <strong>{amount(asked)}</strong> },
          { term: '还能分给本件', detail: <strong>{amount(Math.max(0, standing.left))}</strong> },
          ...(score === null ? [] : [{ term: '得分', detail: String(score) }]),
        ];
  const fits = standing !== null && (standing.fits || state === 'taken');
  return (
    <Card
      id="quota"
      title={`${title}（${orgName} ${year} 年）`}
      tone={fits ? 'plain' : 'warn'}
      aside={
        <Badge
          tone={fits ? 'done' : 'warn'}
          text={state === 'taken' ? '已分配' : fits ? '够分配' : '不够分配'}
        />
      }
    >
      {standing === null ? <p>本年度还没有下达指标，下达以后才能分配。</p> : <DefinitionList items={line} />}
      <p class="help">
        {score === null ? '按受理先后分配；' : '按得分从高到低分配，得分相同的按受理先后；'}
        前面的还没有分配完，后面的不能先分。不够的可以转入排队递补。
      </p>
    </Card>
  );
}

/** 容缺: what is owed until when; the counter brings it here. */
export function OwedCard(props: { view: CaseView; csrf: string; mayBring: boolean }): JSX.Element | null {
  const { view, csrf, mayBring } = props;
  const { owed } = view;
  if (!owed) return null;
  const missing = owed.materials.filter((m) => !m.brought);
  const brought = owed.materials.filter((m) => m.brought);
  const { clock } = owed;
  return (
    <Card
      id="owed"
      title="容缺材料"
      tone="warn"
      aside={clock && clock.light !== 'done' && <Light light={clock.light} text={leftText(clock)} />}
    >
      <p>
        {owed.until === null ? (
          '受理以后起算期限。'
        ) : (
          <>
            最迟 <strong>{dueText(owed.until, clock?.provisional ?? false)}</strong> 补齐，
          </>
        )}
        {owed.until !== null && '逾期没有补的，终止办理；已经批准的，撤销。'}
      </p>
      <Checklist
        items={(mayBring ? brought : owed.materials).map((m) => ({
          state: m.brought ? 'done' : 'missing',
          text: m.title,
        }))}
      />
      {mayBring && missing.length > 0 && (
        <form method="post" action={`/cases/${view.id}/owed`} encType="multipart/form-data">
          <CsrfField token={csrf} />
          {missing.map((m) => (
            <FileField
              key={m.id}
              id={fieldId(`/materials/${m.id}`)}
              name={`material:${m.id}`}
              label={m.title}
              help="拍照或扫描成 JPG、PNG、PDF，每个不超过 10 MB。"
              multiple
              mark={false}
            />
          ))}
          <Actions>
            <Button kind="secondary">上传补交的材料</Button>
          </Actions>
        </form>
      )}
      {mayBring && missing.length === 0 && <p>材料齐了，请再点“补交容缺材料”办完这一步。</p>}
    </Card>
  );
}

const REACH_WORDS: Record<CaseLink['direction'], Record<ReachAct, string>> = {
  reaches: { cancel: '使它终止', restore: '使它恢复', review: '要求它提前复核' },
  reached: { cancel: '因它终止', restore: '因它恢复', review: '因它提前复核' },
};

const RESULTS: Record<CaseLink['result'], { tone: BadgeTone; text: string }> = {
  done: { tone: 'done', text: '已办到' },
  'not-possible': { tone: 'warn', text: '对方的状态不允许，请人工处理' },
};

/** 联动: what this case did to others, and others to it; a case that is not the reader's to see has no name. */
export function LinksCard({ links }: { links: readonly CaseLink[] }): JSX.Element | null {
  if (links.length === 0) return null;
  return (
    <Card id="links" title="联动">
      <Table
        caption="和本件有关的其他办件"
        captionHidden
        rows={links}
        rowKey={(l, i) => `${l.at}-${i}`}
        columns={[
          {
            title: '办件',
            head: true,
            cell: ({ other }) =>
              other ? (
                <>
                  <a href={`/cases/${other.id}`}>{other.number ?? '没有编号'}</a> {other.itemTitle}
                </>
              ) : (
                '其他部门的办件（您没有查看的权限）'
              ),
          },
          { title: '怎样联动', cell: (l) => REACH_WORDS[l.direction][l.act] },
          { title: '原因', cell: (l) => l.says },
          { title: '日期', nowrap: true, cell: (l) => chineseDate(localDate(l.at)) },
          {
            title: '结果',
            cell: (l) => (
              <div>
                <Badge {...RESULTS[l.result]} />
              </div>
            ),
          },
        ]}
      />
    </Card>
  );
}
