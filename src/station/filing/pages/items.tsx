/** `/filing/items`: what is asked for, by need, by department, by what this village asks for most. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Button, Card, EmptyState, TextField } from '../../../platform/web/index.ts';
import { openCitizen } from '../../cases/index.ts';
import { listNeeds } from '../../catalogue/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import type { FilingDeps } from '../deps.ts';
import { type Picker, pickerFor, picksFor, searchPicks } from '../picks.ts';
import type { Pick } from '../rules.ts';
import { FirstPicks, NeedPicks } from './items-view.tsx';
import { Picks } from './picks.tsx';

const one = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 40) : '');

export function mountItems(router: Router, deps: FilingDeps): void {
  router.get(
    '/filing/items',
    staffPage((ctx) => itemsPage(ctx, deps)),
  );
}

async function itemsPage(ctx: RouteContext, deps: FilingDeps): Promise<void> {
  const who = requireSession(ctx);
  const citizen = one(ctx.query.citizen);
  const q = one(ctx.query.q);
  const need = listNeeds().find((n) => n.text === one(ctx.query.need));
  const name = citizen === '' ? null : (await openCitizen(deps, who, citizen)).citizen.name;
  const picker = await pickerFor(deps, who, citizen);
  const found = need ? picksFor(deps, need, citizen) : q === '' ? null : searchPicks(deps, who, q, citizen);
  const heading = name === null ? '办什么事？' : `${name}要办什么事？`;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="filing"
      title={heading}
      heading={heading}
      breadcrumbs={[
        { href: '/filing', text: '收件' },
        ...(name === null ? [] : [{ href: `/filing/citizens/${citizen}`, text: name }]),
        { text: '选择事项' },
      ]}
    >
      <form method="get" action="/filing/items" class="filing-search">
        {citizen !== '' && <input type="hidden" name="citizen" value={citizen} />}
        <TextField
          id="q"
          name="q"
          label="需求、事项名称、拼音首字母或者编号"
          type="search"
          mark={false}
          value={need ? need.text : q}
          autofocus={found === null}
        />
        <Button kind="secondary">查找</Button>
      </form>
      {found ? (
        <FoundPicks found={found} typed={need?.text ?? q} />
      ) : (
        <FirstPicks picks={picker.first} title="本村近三个月办得多的" />
      )}
      <NeedPicks needs={picker.needs} citizen={citizen} />
      <ByDepartment picker={picker} />
    </StationPage>,
  );
}

function FoundPicks({ found, typed }: { found: readonly Pick[]; typed: string }): JSX.Element {
  if (found.length === 0)
    return <EmptyState title={`没有找到“${typed}”`}>换个说法再找，或者在下面按需求、按部门找。</EmptyState>;
  return <FirstPicks picks={found} title={`“${typed}”可以办`} />;
}

function ByDepartment({ picker: { departments } }: { picker: Picker }): JSX.Element {
  return (
    <Card title="按部门">
      {departments.map(({ code, title, picks }) => (
        <details key={code} class="by-department">
          <summary>
            {title}（{picks.length}）
          </summary>
          <Picks choices={picks} />
        </details>
      ))}
    </Card>
  );
}
