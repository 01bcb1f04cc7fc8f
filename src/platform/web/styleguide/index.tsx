/** `/styleguide`: every token and component as it stands now, drawn by the components themselves. */
import type Router from '@koa/router';
import type { RouterContext } from '@koa/router';
import type { JSX } from 'preact';
import { LinkButton } from '../components/actions.tsx';
import { Card } from '../components/blocks.tsx';
import { Chips, Toolbar } from '../components/panes.tsx';
import type { Density, PageProps } from '../layout.tsx';
import { SITE_PATHS } from '../navigation.ts';
import { FieldParts } from './fields.tsx';
import { ActionParts, DataParts, FigureParts, MessageParts, PaneParts } from './parts.tsx';
import { ColourTable, KeyTable, TypeTable } from './tokens.tsx';

/** Draws a page of the house; gives the whole document. */
export type StyleguideFrame = (ctx: RouterContext, page: PageProps) => string;

const DENSITIES: Record<Density, string> = { staff: '办公桌', counter: '窗口', public: '群众' };

const isDensity = (value: unknown): value is Density =>
  typeof value === 'string' && Object.hasOwn(DENSITIES, value);

/** Mounts the style page; `?density=` shows it as it stands for other readers, `?theme=branch` in red. */
export function styleguidePage(router: Router, frame: StyleguideFrame): void {
  router.get(SITE_PATHS.styleguide, (ctx) => {
    const density = isDensity(ctx.query.density) ? ctx.query.density : 'public';
    const theme = ctx.query.theme === 'branch' ? 'branch' : 'station';
    ctx.type = 'html';
    ctx.body = frame(ctx, {
      title: '界面规范',
      heading: '界面规范',
      density,
      theme,
      children: <Styleguide density={density} theme={theme} />,
    });
  });
}

function Styleguide({ density, theme }: { density: Density; theme: 'station' | 'branch' }): JSX.Element {
  const at = (next: Record<string, string>) =>
    `${SITE_PATHS.styleguide}?${new URLSearchParams({ density, theme, ...next })}`;
  const chips = Object.entries(DENSITIES).map(([id, text]) => ({
    text,
    href: at({ density: id }),
    on: id === density,
  }));
  return (
    <>
      <p class="lead">
        每个颜色、字号和组件都在这里，由组件自己画出来。工作人员的页面紧凑，窗口的页面便于点按，群众的页面字大。
      </p>
      <Toolbar label="本页的样子">
        <Chips label="疏密" chips={chips} />
        <LinkButton href={at({ theme: theme === 'branch' ? 'station' : 'branch' })}>
          {theme === 'branch' ? '换成蓝色' : '换成党建红'}
        </LinkButton>
      </Toolbar>
      <Card title="颜色" id="colours">
        <ColourTable theme={theme} />
      </Card>
      <Card title="字号和间距" id="type">
        <TypeTable />
      </Card>
      <ActionParts />
      <MessageParts />
      <DataParts />
      <FigureParts />
      <PaneParts />
      <FieldParts />
      <Card title="快捷键" id="keys">
        <KeyTable />
      </Card>
    </>
  );
}
