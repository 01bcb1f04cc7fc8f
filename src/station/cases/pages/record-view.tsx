/** Cards of the case page: papers, materials, objections. */
import type { ComponentChildren, JSX } from 'preact';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import { Badge, Card, Checklist, type ChecklistItem, Table } from '../../../platform/web/index.ts';
import { type Certificate, CUSTODY_WORDS, STATE_TONES, STATE_WORDS } from '../../certificates/index.ts';
import type { Objection } from '../../notices/index.ts';
import { PaperLine, type PaperView } from '../../papers/index.ts';
import type { CaseView, MaterialView } from '../present.ts';
import { sizeText } from './materials.tsx';

/** Papers and certificates, each opened as PDF. */
export function PapersCard({
  papers,
  certificates,
  mayServe,
}: {
  papers: readonly PaperView[];
  certificates: readonly Certificate[];
  /** May whoever looks write down that a paper was served? */
  mayServe: boolean;
}): JSX.Element {
  return (
    <Card id="papers" title="文书和证照">
      {papers.length + certificates.length === 0 && <p class="help">还没有文书。</p>}
      <ul class="papers">
        {certificates.map((c) => (
          <li key={c.id}>
            {c.state === 'reserved' ? (
              <span>{c.title}</span>
            ) : (
              <a href={`/api/certificates/${c.id}.pdf`} target="_blank" rel="noopener">
                {c.title}
              </a>
            )}{' '}
            <Badge tone={STATE_TONES[c.state]} text={STATE_WORDS[c.state]} />{' '}
            <span class="help">
              <a href={`/certificates/${c.id}`}>{c.number}</a>
              {c.state === 'reserved' ? '' : `，${CUSTODY_WORDS[c.custody]}`}
              {c.expiresOn && `，有效期至${chineseDate(c.expiresOn)}`}
            </span>
          </li>
        ))}
        {papers.map((p) => (
          <PaperLine key={p.id} paper={p} mayServe={mayServe} />
        ))}
      </ul>
    </Card>
  );
}

function materialItem(view: CaseView, m: MaterialView): ChecklistItem {
  const states = {
    uploaded: 'done',
    committed: 'done',
    spared: 'waived',
    owed: 'open',
    missing: 'open',
  } as const;
  const notes = { committed: '申请人书面承诺', spared: m.waiver?.source, owed: '容缺受理，申请人承诺后补' };
  const note = notes[m.way as keyof typeof notes];
  return {
    state: states[m.way],
    text: m.title,
    note:
      m.files.length === 0
        ? note
        : m.files.map((f) => (
            <span key={f.id} class="file-line">
              <a href={`/cases/${view.id}/materials/${f.id}`} target="_blank" rel="noopener">
                {f.name}
              </a>{' '}
              {sizeText(f.size)}
            </span>
          )),
  };
}

export function MaterialsCard({ view, aside }: { view: CaseView; aside?: ComponentChildren }): JSX.Element {
  return (
    <Card id="materials" title="材料" aside={aside}>
      <Checklist items={view.materials.map((m) => materialItem(view, m))} />
    </Card>
  );
}

export type FullObjection = Objection & { text: string; name: string | null; contact: string | null };

const OBJECTION_STATES: Record<Objection['state'], string> = {
  open: '待核查',
  sustained: '成立',
  dismissed: '不成立',
};

export function ObjectionsCard({ objections }: { objections: readonly FullObjection[] }): JSX.Element | null {
  if (objections.length === 0) return null;
  return (
    <Card
      id="objections"
      title="公示异议"
      tone={objections.some((o) => o.state === 'open') ? 'warn' : 'plain'}
    >
      <Table
        caption="收到的异议"
        captionHidden
        rows={objections}
        rowKey={(o) => o.id}
        columns={[
          { title: '内容', head: true, cell: (o) => o.text },
          { title: '收到', nowrap: true, cell: (o) => chineseDateTime(o.at) },
          {
            title: '提出人',
            cell: (o) => (o.anonymous ? '匿名' : [o.name, o.contact].filter(Boolean).join(' ')),
          },
          {
            title: '处理',
            cell: (o) => (
              <div>
                <Badge tone={o.state === 'open' ? 'warn' : 'neutral'} text={OBJECTION_STATES[o.state]} />
                {o.reply && <p class="help">{o.reply}</p>}
              </div>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** A card that starts closed: long things that are looked up now and then. */
export function Folded(props: { summary: string; open?: boolean; children: ComponentChildren }): JSX.Element {
  return (
    <details class="folded" open={props.open}>
      <summary>{props.summary}</summary>
      {props.children}
    </details>
  );
}
