/** Who works on a case, on its page; claiming, giving back, handing over. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { newId } from '../../../kernel/ids.ts';
import { chineseDateTime } from '../../../kernel/time.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Actions, Button, Card, CsrfField, SelectField, TextField } from '../../../platform/web/index.ts';
import { readSent, type Sent } from '../../sent.ts';
import { leaveFlash, seeOther } from '../../shell.tsx';
import { type ClaimScene, claimCase, handCaseOver, releaseCase } from '../claims/index.ts';
import type { CaseDeps } from '../deps.ts';

/** `POST /cases/:id/claim`, `…/release`, `…/hand-over`; back to where the form stood. */
export function mountClaims(router: Router, deps: CaseDeps): void {
  const write = (path: string, work: (sent: Sent, id: string) => Promise<unknown>, done: string) =>
    router.post(`/cases/:id/${path}`, async (ctx: RouteContext) => {
      const sent = await readSent(ctx);
      const id = ctx.params.id as string;
      await work(sent, id);
      leaveFlash(ctx, 'done', done);
      seeOther(ctx, path === 'hand-over' ? '/inbox' : `/cases/${id}`);
    });
  write('claim', ({ who, requestId }, id) => claimCase(deps, who, id, requestId), '已领办。');
  write(
    'release',
    ({ who, requestId }, id) => releaseCase(deps, who, id, requestId),
    '已交回，同岗位的同事可以领办。',
  );
  write(
    'hand-over',
    ({ who, requestId, one }, id) =>
      handCaseOver(deps, who, id, { to: one('to'), note: one('note') }, requestId),
    '已转给同事，他在“转给我的”里看得到。',
  );
}

interface ClaimCardProps {
  caseId: string;
  scene: ClaimScene;
  csrf: string;
  /** Keys of repeats, made with the page. */
  deps: Pick<CaseDeps, 'clock' | 'random'>;
}

/** Who works on a case, and what may be done about it; nothing where nothing can be said. */
export function ClaimCard({ caseId, scene, csrf, deps }: ClaimCardProps): JSX.Element | null {
  const { claims, mayClaim, mayRelease, colleagues } = scene;
  if (claims.length === 0 && !mayClaim) return null;
  const hidden = () => (
    <>
      <CsrfField token={csrf} />
      <input type="hidden" name="_request" value={newId(deps.clock.now(), deps.random)} />
    </>
  );
  const isAway = claims.some((k) => k.isAway);
  return (
    <Card id="claim" title="领办">
      {claims.length === 0 && <p>还没有人领办。领办以后，同岗位的同事不会重复办理。</p>}
      {claims.map((claim) => (
        <ClaimLine key={claim.orgName + claim.name} claim={claim} />
      ))}
      {mayClaim && (
        <form method="post" action={`/cases/${caseId}/claim`}>
          {hidden()}
          <Actions>
            <Button kind="secondary" shortcut="c">
              {isAway ? '接手办理' : '领办'}
            </Button>
          </Actions>
        </form>
      )}
      {mayRelease && (
        <form method="post" action={`/cases/${caseId}/release`}>
          {hidden()}
          <Actions>
            <Button kind="secondary">交回</Button>
          </Actions>
        </form>
      )}
      {colleagues.length > 0 && (
        <details>
          <summary>转给同岗位的同事</summary>
          <form method="post" action={`/cases/${caseId}/hand-over`}>
            {hidden()}
            <SelectField
              id="claim-to"
              name="to"
              label="转给"
              required
              mark={false}
              width="medium"
              options={colleagues.map((c) => ({ value: c.accountId, text: c.name }))}
            />
            <TextField id="claim-note" name="note" label="留言" width="full" />
            <Actions>
              <Button kind="secondary">转给他</Button>
            </Actions>
          </form>
        </details>
      )}
    </Card>
  );
}

function ClaimLine({ claim }: { claim: ClaimScene['claims'][number] }): JSX.Element {
  const { name, at, fromName, note, orgName, isMine, isAway } = claim;
  return (
    <div>
      <p>
        由<strong>{isMine ? '您' : name}</strong>领办（{orgName}，{chineseDateTime(at)}
        {fromName && `，${fromName}转来`}）{isAway && '，现在不在岗，可以接手'}。
      </p>
      {note !== '' && <p class="help">留言：{note}</p>}
    </div>
  );
}
