/** The pages of a new application: which situation, then the form with what is known filled in. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { Pinned } from '../../../platform/definitions/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  type Crumb,
  CsrfField,
  LinkButton,
  renderForm,
  SelectField,
} from '../../../platform/web/index.ts';
import { KeepMark } from '../../offline/index.ts';
import { StationPage, show } from '../../shell.tsx';
import { today } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import { duplicateFor } from '../duplicates.ts';
import { checkForm } from '../filing.ts';
import { applicantHint, termHint } from '../hints.ts';
import { type EarlierCase, type Prefill, standingHints } from '../prefill.ts';
import { DuplicateCard, FilingAside } from './aside.tsx';
import { formParts } from './sections.ts';

export interface Choice {
  pinned: Pinned;
  situation: { id: string; title: string };
  villages: { id: string; name: string }[];
}

/** What the form begins with, or was sent with before it could be kept. */
export interface Started {
  value?: Record<string, unknown>;
  village?: string;
  focus?: string;
  isVillageMissing?: boolean;
  requestId?: string | undefined;
  /** What is known of the citizen it is for. */
  prefill?: Prefill;
  /** Earlier cases whose form can be copied. */
  copies?: readonly EarlierCase[];
}

const forCitizen = (citizen: string): string =>
  citizen === '' ? '' : `&citizen=${encodeURIComponent(citizen)}`;

const crumbsTo = (citizen: string, name = '这位群众'): Crumb[] => [
  { href: '/filing', text: '收件' },
  ...(citizen === '' ? [] : [{ href: `/filing/citizens/${citizen}`, text: name }]),
];

/** Which of its situations an item is asked for in; one key each. */
export function ChoosePage(props: {
  ctx: RouteContext;
  deps: CaseDeps;
  pinned: Pinned;
  citizen: string;
}): JSX.Element {
  const { ctx, deps, pinned, citizen } = props;
  const { code, title, situations } = pinned.definition;
  return (
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="filing"
      title={`受理：${title}`}
      heading={title}
      breadcrumbs={[...crumbsTo(citizen), { text: '选择情形' }]}
      narrow
    >
      <Card title="这次要办哪一种？">
        <ul class="choose">
          {situations.map((s, i) => (
            <li key={s.id}>
              <LinkButton
                wide
                href={`/cases/new?item=${code}&situation=${encodeURIComponent(s.id)}${forCitizen(citizen)}`}
                {...(i < 9 && { shortcut: String(i + 1) })}
              >
                {s.title}
              </LinkButton>
            </li>
          ))}
        </ul>
      </Card>
      <p>
        <LinkButton kind="quiet" href={`/items/${code}`}>
          看办事指南
        </LinkButton>
      </p>
    </StationPage>
  );
}

/** The form of one situation. */
export async function newPage(
  ctx: RouteContext,
  deps: CaseDeps,
  choice: Choice,
  started: Started,
): Promise<void> {
  const { pinned, situation } = choice;
  const { title, code } = pinned.definition;
  const value = started.value ?? {};
  const check = checkForm(deps, pinned, situation.id, value, today(deps));
  const who = requireSession(ctx);
  const duplicate = started.prefill ? await duplicateFor(deps, who, { item: code, form: value }) : null;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="filing"
      title={`受理：${title}`}
      heading={title}
      breadcrumbs={[
        ...crumbsTo(started.prefill?.citizen.id ?? '', started.prefill?.citizen.name),
        { text: '填写申请' },
      ]}
      scripts={['filing']}
    >
      <KeepMark deps={deps} who={who} />
      <Lead choice={choice} />
      <DuplicateCard duplicate={duplicate} />
      <Copies choice={choice} started={started} />
      <div class="filing-grid">
        <FilingAside
          parts={formParts(pinned.formFor(situation.id), check.faults, false)}
          applicant={applicantHint(deps, situation.id, value)}
          term={termHint(deps, pinned, situation.id, !started.prefill)}
        />
        <NewForm
          csrf={ctx.state.csrf ?? ''}
          requestId={started.requestId ?? newId(deps.clock.now(), deps.random)}
          choice={choice}
          started={{ ...started, value: check.form }}
        />
      </div>
    </StationPage>,
    started.isVillageMissing ? 422 : 200,
  );
}

function Lead({ choice: { pinned, situation, villages } }: { choice: Choice }): JSX.Element {
  const [only] = villages;
  const { code } = pinned.definition;
  return (
    <p class="lead">
      {situation.title}
      {villages.length === 1 && ` · ${only?.name}`}。先填申请表，保存以后上传材料。
      <a href={`/items/${code}?situation=${situation.id}`}>办事指南</a>
    </p>
  );
}

/** Earlier cases of the same kind, each a link that fills their form in; or which one it was. */
function Copies({ choice, started }: { choice: Choice; started: Started }): JSX.Element | null {
  const { prefill, copies = [] } = started;
  if (prefill?.copied)
    return (
      <Card tone="warn" title={`已从 ${prefill.copied.number} 复制`}>
        <p>请逐项核对。签名、承诺、与那一次有关的日期和材料没有复制。</p>
      </Card>
    );
  if (!prefill || copies.length === 0) return null;
  const base = `/cases/new?item=${choice.pinned.definition.code}&situation=${choice.situation.id}`;
  return (
    <p>
      {copies.slice(0, 3).map(({ id, number, on }, i) => (
        <LinkButton
          key={id}
          href={`${base}&citizen=${prefill.citizen.id}&copy=${id}`}
          {...(i === 0 && { shortcut: 'c' })}
        >
          从 {on} 的办件复制<span class="vh">（{number}）</span>
        </LinkButton>
      ))}
    </p>
  );
}

const VILLAGE = '请选择村（社区）';

function NewForm(props: { csrf: string; requestId: string; choice: Choice; started: Started }): JSX.Element {
  const { csrf, requestId, choice, started } = props;
  const { pinned, situation, villages } = choice;
  const { code, title } = pinned.definition;
  const { prefill, value = {}, village, focus, isVillageMissing } = started;
  const faults: Fault[] = isVillageMissing ? [{ pointer: '/village', message: VILLAGE }] : [];
  return (
    <form
      method="post"
      action="/cases/new"
      encType="multipart/form-data"
      data-offline-title={`${title} · ${situation.title}`}
    >
      <CsrfField token={csrf} />
      <input type="hidden" name="item" value={code} />
      <input type="hidden" name="situation" value={situation.id} />
      {prefill && <input type="hidden" name="citizen" value={prefill.citizen.id} />}
      {prefill?.copied && <input type="hidden" name="copy" value={prefill.copied.id} />}
      <input type="hidden" name="_request" value={requestId} />
      {villages.length > 1 && (
        <SelectField
          id="f-village"
          name="village"
          label="为哪个村（社区）受理"
          required
          width="medium"
          options={villages.map((v) => ({ value: v.id, text: v.name }))}
          value={village ?? ''}
          {...(isVillageMissing && { error: VILLAGE })}
        />
      )}
      {renderForm({
        schema: pinned.formFor(situation.id),
        value,
        faults,
        prefix: '/form',
        hints: hintsFor(choice, started),
        ...(focus && { focus }),
      })}
      <Actions sticky>
        <Button name="_do" value="check">
          检查并继续
        </Button>
        <Button kind="secondary" name="_do" value="save">
          保存草稿
        </Button>
      </Actions>
    </form>
  );
}

/** Where a value came from, what to type where there is none. */
function hintsFor(
  { pinned, situation, villages }: Choice,
  { prefill, value = {} }: Started,
): Record<string, string> {
  const [only] = villages;
  const { roster } = pinned.definition;
  return {
    ...(only &&
      villages.length === 1 && {
        '/applicant/region': `户口在本村（${only.name}）的，填 ${only.id}。`,
      }),
    ...(roster?.situations.includes(situation.id) && {
      [roster.field]: '先保存草稿，就可以从电子表格导入，或者复制上年名册。',
    }),
    ...(prefill && standingHints(prefill, value)),
  };
}
