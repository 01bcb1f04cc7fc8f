/** Cards of the organ's acts on a certificate: proposed, confirmed, not agreed to. */
import type { JSX } from 'preact';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  type Definition,
  DefinitionList,
  SelectField,
  TextArea,
  TextField,
} from '../../../platform/web/index.ts';
import { LEGAL_WORDS } from '../present.ts';
import type { CertificateView } from '../queries/certificate.ts';
import { Faults, field, type Sent } from './sent.tsx';

interface Props {
  view: CertificateView;
  csrf: string;
  sent?: Sent | undefined;
}

/** A proposal that waits for the leader. */
export function ProposalCard({ view, csrf }: Props): JSX.Element | null {
  const { proposal, possible } = view;
  if (!proposal) return null;
  const { title } = LEGAL_WORDS[proposal.act];
  const facts: Definition[] = [
    { term: '理由', detail: proposal.reason, wide: true },
    { term: '依据', detail: proposal.basis, wide: true },
    ...(proposal.compensation ? [{ term: '补偿', detail: proposal.compensation, wide: true }] : []),
    ...(proposal.until ? [{ term: '暂停至', detail: chineseDate(proposal.until) }] : []),
    { term: '提出', detail: `${proposal.by.name}，${chineseDate(localDate(proposal.at))}` },
  ];
  return (
    <Card id="proposal" title={`处理意见：${title}，待负责人确认`} tone="now">
      <DefinitionList items={facts} />
      {possible.confirm && (
        <form method="post" action={`/certificates/${view.id}/proposal/confirm`}>
          <CsrfField token={csrf} />
          <p class="help">确认以后立即生效，生成决定书，并短信告知持证人。提出人不能自己确认。</p>
          <Actions>
            <Button kind="danger" confirm={`确认${title}这份证照？`}>
              确认{title}
            </Button>
          </Actions>
        </form>
      )}
    </Card>
  );
}

/** The leader does not agree, and says why. */
export function DeclineCard({ view, csrf, sent }: Props): JSX.Element | null {
  if (!view.possible.confirm) return null;
  return (
    <Card title="不同意这项处理意见">
      <form method="post" action={`/certificates/${view.id}/proposal/decline`}>
        <CsrfField token={csrf} />
        <Faults sent={sent} form="decline" />
        <TextField {...field(sent, 'decline', 'reason')} label="不同意的理由" required />
        <Actions>
          <Button kind="secondary">不同意</Button>
        </Actions>
      </form>
    </Card>
  );
}

/** Legal acts of the organ that may be proposed now. */
export function ActsCard({ view, csrf, sent }: Props): JSX.Element | null {
  const acts = view.possible.propose;
  if (acts.length === 0) return null;
  return (
    <details class="folded" id="acts" open={sent?.form === 'proposal'}>
      <summary>提出处理意见：{acts.map((act) => LEGAL_WORDS[act].title).join('、')}</summary>
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
          <Button kind="secondary">提出处理意见</Button>
        </Actions>
      </form>
    </details>
  );
}
