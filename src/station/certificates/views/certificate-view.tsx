/** Cards of a certificate's page. */
import type { JSX } from 'preact';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  type Definition,
  DefinitionList,
  FileField,
  LinkButton,
  optionsOf,
  SelectField,
  TextField,
  Timeline,
} from '../../../platform/web/index.ts';
import { ATTACHED, STATE_TONES } from '../present.ts';
import type { CertificateView } from '../queries/certificate.ts';
import { Faults, field, type Sent } from './sent.tsx';

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
            <Button kind={custody === 'none' ? 'primary' : 'secondary'}>登记打印</Button>
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
            options={optionsOf(ATTACHED)}
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
                {line.paperId && (
                  <p>
                    <a href={`/api/papers/${line.paperId}.pdf`} target="_blank" rel="noopener">
                      决定书
                    </a>
                  </p>
                )}
              </>
            ),
          };
        })}
      />
    </Card>
  );
}
