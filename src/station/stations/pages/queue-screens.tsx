/** The screens of a station: which may hand out numbers, and the code that opens one. */
import type { JSX } from 'preact';
import type { Org } from '../../../people/orgs/index.ts';
import { Actions, Card, LinkButton } from '../../../platform/web/index.ts';
import { printedCode } from '../../codes.ts';
import type { Device } from '../types.ts';
import { Press } from './parts.tsx';
import type { Desk } from './queue-view.tsx';

export function Screens({ ctx, deps, org, devices }: Desk & { devices: Device[] }): JSX.Element {
  return (
    <Card title="屏幕">
      <Actions>
        <LinkButton href={`/stations/${org.id}/screen`} newTab>
          打开叫号屏
        </LinkButton>
        <LinkButton href={`/stations/${org.id}/kiosk`} newTab>
          看展示屏
        </LinkButton>
        <Press ctx={ctx} deps={deps} kind="secondary" action={`/stations/${org.id}/kiosk/open`}>
          让一台展示屏能取号
        </Press>
        {devices.length > 0 && (
          <Press
            ctx={ctx}
            deps={deps}
            kind="danger"
            action={`/stations/${org.id}/kiosk/close`}
            confirm="所有展示屏都不能再取号？"
          >
            全部停用
          </Press>
        )}
      </Actions>
      <p class="help">
        {devices.length === 0 ? '现在没有能取号的展示屏。' : `现在有 ${devices.length} 台展示屏能取号。`}
        展示屏上不用登录。
      </p>
    </Card>
  );
}

export function Code({ code, org, url }: { code: string; org: Org; url: string }): JSX.Element {
  return (
    <Card tone="now" title="启用码">
      <p class="queue-number">{printedCode(code)}</p>
      <p>
        15 分钟内，在展示屏的浏览器里打开 <code>{`${url}/stations/${org.id}/kiosk/device`}</code>
        ，输入这个码。只能用一次，离开本页就看不到了。
      </p>
    </Card>
  );
}
