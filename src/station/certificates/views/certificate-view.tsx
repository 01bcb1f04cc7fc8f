/** Cards of a certificate's page. Longer than most: six short cards that are read together. */
import type { JSX } from 'preact';
import { chineseDate, chineseDateTime, localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  type Definition,
  DefinitionList,
  ErrorSummary,
  FileField,
  fieldId,
  LinkButton,
  SelectField,
  TextArea,
  TextField,
  Timeline,
} from '../../../platform/web/index.ts';
import { ATTACHED, LEGAL_WORDS, STATE_TONES } from '../present.ts';
import type { CertificateView } from '../queries/certificate.ts';
import type { Sent } from './certificate.tsx';

interface Props {
  view: CertificateView;
  csrf: string;
  sent?: Sent | undefined;
}

const day = (date: LocalDate | null): string => (date === null ? '—' : chineseDate(date));

/** What it is worth. */
export function FactsCard({ view }: { view: CertificateView }): JSX.Element {
  const facts: Definition[] = [
    { term: '编号', detail: view.number },
    { term: '颁发机关', detail: view.organ.name },
    { term: '颁发日期', detail: day(view.issuedOn) },
    {
      term: '有效期至',
      detail: view.expiresOn === null ? (view.issuedOn === null ? '—' : '长期') : day(view.expiresOn),
    },
    ...(view.renewBy ? [{ term: '延续申请截止', detail: day(view.renewBy) }] : []),
    ...(view.reviewDue ? [{ term: '下次复核（年审）', detail: day(view.reviewDue) }] : []),
    ...(view.successor
      ? [
          {
            term: '新证',
            detail: <a href={`/certificates/${view.successor.id}`}>{view.successor.number}</a>,
          },
        ]
      : []),
    { term: '办件', detail: <a href={`/cases/${view.caseId}`}>{view.caseNumber ?? view.itemTitle}</a> },
  ];
  return (
    <Card title="状态" aside={<Badge tone={STATE_TONES[view.state]} text={view.stateTitle} />}>
      <DefinitionList items={facts} />
    </Card>
  );
}

const faultsOf = (sent: Sent | undefined, form: Sent['form']) => (sent?.form === form ? sent.faults : []);

const field = (sent: Sent | undefined, form: Sent['form'], name: string) => {
  const error = faultsOf(sent, form).find((f) => f.pointer === `/${name}`)?.message;
  const value = sent?.form === form ? sent.given[name] : undefined;
  return { id: fieldId(`/${name}`, form), name, ...(error && { error }), ...(value && { value }) };
};

const Faults = ({ sent, form }: { sent: Sent | undefined; form: Sent['form'] }): JSX.Element => (
  <ErrorSummary faults={faultsOf(sent, form)} idPrefix={form} />
);

/** Where the printed piece is, and what this desk may do with it. */
export function PieceCard({ view, csrf, sent }: Props): JSX.Element {
  const { possible, placeName, custody } = view;
  const isOut = view.state !== 'reserved';
  const place = custody === 'in-transit' ? '送往' : '所在单位';
  return (
    <Card title="证照本身">
      <DefinitionList
        items={[
          { term: '在哪里', detail: isOut ? view.custodyTitle : '还没有颁发' },
          ...(placeName ? [{ term: place, detail: placeName }] : []),
          ...(view.collectedAt ? [{ term: '领取时间', detail: chineseDateTime(view.collectedAt) }] : []),
        ]}
      />
      {isOut && (
        <Actions>
          <LinkButton href={`/api/certificates/${view.id}.pdf`} newTab>
            查看电子证照（PDF）
          </LinkButton>
          {possible.send.length > 0 && <LinkButton href="/transfers/new">去移交</LinkButton>}
        </Actions>
      )}
      {possible.print && (
        <form method="post" action={`/certificates/${view.id}/print`}>
          <CsrfField token={csrf} />
          <p class="help">打印出来以后登记一次；第一份从此由本处保管，直到移交或者领取。</p>
          <Actions>
            <Button kind="secondary">登记打印</Button>
          </Actions>
        </form>
      )}
      {possible.turnBack && (
        <form method="post" action={`/certificates/${view.id}/turn-back`}>
          <CsrfField token={csrf} />
          <Faults sent={sent} form="turn-back" />
          <TextField
            {...field(sent, 'turn-back', 'reason')}
            label="退回原因"
            help="无人领取，或者持证人交回。"
            required
          />
          <Actions>
            <Button kind="secondary">登记退回</Button>
          </Actions>
        </form>
      )}
    </Card>
  );
}

/** Pictures of the hand-over: kept sealed, each look at one written down. */
export function PicturesCard({ view, csrf }: Props): JSX.Element | null {
  const kept = view.story.filter((line) => line.picture !== null);
  if (kept.length === 0 && !view.possible.attach) return null;
  return (
    <Card title="领取影像">
      {kept.length > 0 && (
        <ul>
          {kept.map((line) => (
            <li key={line.seq}>
              <a href={`/api/certificates/${view.id}/pictures/${line.seq}`} target="_blank" rel="noopener">
                {line.picture}
              </a>{' '}
              <span class="help">{chineseDateTime(line.at)}</span>
            </li>
          ))}
        </ul>
      )}
      {view.possible.attach && (
        <form method="post" action={`/certificates/${view.id}/pictures`} encType="multipart/form-data">
          <CsrfField token={csrf} />
          <SelectField
            id="picture-kind"
            name="kind"
            label="留存什么"
            required
            width="medium"
            options={Object.entries(ATTACHED).map(([value, text]) => ({ value, text }))}
          />
          <FileField
            id="picture-file"
            name="file"
            label="照片或扫描件"
            help="封存保管，查看一次记录一次。"
            required
            camera
          />
          <Actions>
            <Button kind="secondary">留存</Button>
          </Actions>
        </form>
      )}
    </Card>
  );
}

/** What is printed on it; numbers of persons are masked until somebody asks and is written down. */
export function FieldsCard({ view, csrf, inFull }: Props & { inFull: boolean }): JSX.Element {
  const aside = inFull ? (
    <LinkButton kind="quiet" href={`/certificates/${view.id}#fields`}>
      重新隐藏
    </LinkButton>
  ) : (
    <form method="post" action={`/certificates/${view.id}/reveal#fields`}>
      <CsrfField token={csrf} />
      <Button kind="quiet">显示完整内容</Button>
    </form>
  );
  return (
    <Card id="fields" title="证照内容" aside={aside}>
      {inFull && <p class="help">本次查看完整信息已记录。</p>}
      <DefinitionList items={view.fields.map(({ label, value }) => ({ term: label, detail: value }))} />
    </Card>
  );
}

export function StoryCard({ view }: { view: CertificateView }): JSX.Element {
  return (
    <Card id="story" title="经过">
      <Timeline
        entries={view.story.map((line) => {
          const way = [line.from && `自${line.from}`, line.to && `至${line.to}`].filter(Boolean).join('');
          return {
            when: chineseDateTime(line.at),
            dateTime: line.at,
            title: line.title,
            who: line.by,
            detail: (
              <>
                {way && <p>{way}</p>}
                {line.says.map(({ label, value }) => (
                  <p key={label}>
                    {label}：{value}
                  </p>
                ))}
              </>
            ),
          };
        })}
      />
    </Card>
  );
}

/** A proposal that waits for the leader. */
export function ProposalCard({ view, csrf, sent }: Props): JSX.Element | null {
  const { proposal, possible } = view;
  if (!proposal) return null;
  const { title } = LEGAL_WORDS[proposal.act];
  const facts: Definition[] = [
    { term: '理由', detail: proposal.reason, wide: true },
    { term: '依据', detail: proposal.basis, wide: true },
    ...(proposal.compensation ? [{ term: '补偿', detail: proposal.compensation, wide: true }] : []),
    ...(proposal.until ? [{ term: '暂停至', detail: day(proposal.until) }] : []),
    { term: '提出', detail: `${proposal.by.name}，${chineseDate(localDate(proposal.at))}` },
  ];
  return (
    <Card id="proposal" title={`处理意见：${title}，待负责人确认`} tone="now">
      <DefinitionList items={facts} />
      {possible.confirm && (
        <>
          <form method="post" action={`/certificates/${view.id}/proposal/confirm`}>
            <CsrfField token={csrf} />
            <p class="help">确认以后立即生效，生成决定书，并短信告知持证人。提出人不能自己确认。</p>
            <Actions>
              <Button kind="danger" confirm={`确认${title}这份证照？`}>
                确认{title}
              </Button>
            </Actions>
          </form>
          <form method="post" action={`/certificates/${view.id}/proposal/decline`}>
            <CsrfField token={csrf} />
            <Faults sent={sent} form="decline" />
            <TextField {...field(sent, 'decline', 'reason')} label="不同意的理由" required />
            <Actions>
              <Button kind="secondary">不同意</Button>
            </Actions>
          </form>
        </>
      )}
    </Card>
  );
}

/** Legal acts of the organ that may be proposed now. */
export function ActsCard({ view, csrf, sent }: Props): JSX.Element | null {
  const acts = view.possible.propose;
  if (acts.length === 0) return null;
  return (
    <Card id="acts" title="提出处理意见">
      <form method="post" action={`/certificates/${view.id}/proposal`}>
        <CsrfField token={csrf} />
        <Faults sent={sent} form="proposal" />
        <SelectField
          {...field(sent, 'proposal', 'act')}
          label="怎样处理"
          help={acts.map((act) => `${LEGAL_WORDS[act].title}：${LEGAL_WORDS[act].help}`).join(' ')}
          required
          options={acts.map((act) => ({ value: act, text: LEGAL_WORDS[act].title }))}
        />
        <TextArea {...field(sent, 'proposal', 'reason')} label="理由" required />
        <TextField
          {...field(sent, 'proposal', 'basis')}
          label="依据"
          help="法律、法规、规章的名称和条款。"
          required
        />
        <TextField {...field(sent, 'proposal', 'compensation')} label="补偿" help="撤回的必须填写。" />
        <TextField {...field(sent, 'proposal', 'until')} label="暂停至" type="date" width="short" />
        <Actions>
          <Button>提出</Button>
        </Actions>
      </form>
    </Card>
  );
}
