/** @jsxRuntime automatic @jsxImportSource preact */
import { expect } from 'chai';
import {
  Badge,
  Button,
  Card,
  Checklist,
  coloursOf,
  contrast,
  DefinitionList,
  EmptyState,
  ErrorPage,
  FileField,
  findAsset,
  Light,
  LinkButton,
  PAIRS,
  Page,
  Pager,
  RadioField,
  render,
  SelectField,
  scripts,
  stylesheets,
  Table,
  Tabs,
  TextArea,
  TextField,
  Timeline,
} from '../../../src/platform/web/index.ts';
import { idsOf, inlineCode, submit, tagsOf } from './html.ts';

const user = { name: '韦秀英', orgName: '文化社区', roleTitles: ['代办员'], csrf: 'proof-1' };

describe('a page', () => {
  it('is a Chinese document with one title, a skip link, landmarks and the two assets', () => {
    const html = render(<Page title="待办" heading="待办" />);
    expect(html).to.match(/^<!doctype html><html lang="zh-CN"/);
    expect(html).to.contain('<title>待办 · 富宁县农民服务站</title>').and.to.contain('<h1>待办</h1>');
    const names = tagsOf(html).map((t) => t.name);
    for (const landmark of ['header', 'nav', 'main', 'footer']) expect(names).to.include(landmark);
    expect(tagsOf(html).find((t) => t.name === 'a')?.attributes).to.include({ class: 'skip', href: '#main' });
    const sheet = tagsOf(html).find((t) => t.attributes.rel === 'stylesheet');
    expect(findAsset(sheet?.attributes.href ?? '')).to.equal(stylesheets.app);
    expect(findAsset(tagsOf(html).find((t) => t.name === 'script')?.attributes.src ?? '')).to.equal(
      scripts.app,
    );
    expect(findAsset('/assets/000000000000/app.css')).to.equal(undefined);
  });

  it('shows desks only to those who sit at one', () => {
    const hrefs = (html: string): (string | undefined)[] => tagsOf(html).map((t) => t.attributes.href);
    expect(hrefs(render(<Page title="x" />)))
      .to.include('/progress')
      .and.not.to.include('/inbox');
    expect(hrefs(render(<Page title="x" signedIn={user} />))).not.to.include('/inbox');
    const html = render(<Page title="x" signedIn={{ ...user, sections: ['inbox'] }} nav="inbox" />);
    expect(hrefs(html)).to.include('/progress').and.not.to.include('/cash');
    expect(tagsOf(html).find((t) => t.attributes.href === '/inbox')?.attributes['aria-current']).to.equal(
      'page',
    );
    expect(html).to.contain('文化社区 · 代办员');
  });

  it('signs out by a posted form with the session’s proof', () => {
    const html = render(<Page title="x" signedIn={user} />);
    expect(tagsOf(html).find((t) => t.name === 'form')?.attributes).to.include({
      method: 'post',
      action: '/sign-out',
    });
    expect(submit(html)).to.deep.equal({ _csrf: 'proof-1' });
  });

  it('says on each page of a rehearsal that it is one, and the simulated time', () => {
    const html = render(<Page title="x" banner={{ now: '2026-09-28T01:40:00.000Z' }} />);
    expect(html)
      .to.contain('演练模式 — 数据不作数')
      .and.to.contain('2026年9月28日 09:40')
      .and.to.contain('data-today="2026-09-28"');
    expect(render(<Page title="x" banner={null} />)).not.to.contain('演练');
  });

  it('interrupts for a failure and waits its turn with good news', () => {
    const role = (kind: 'done' | 'error'): string | undefined =>
      tagsOf(render(<Page title="x" flash={{ kind, text: '…' }} />)).find(
        (t) => t.attributes.class === `flash flash-${kind}`,
      )?.attributes.role;
    expect([role('done'), role('error')]).to.deep.equal(['status', 'alert']);
  });
});

describe('the parts of pages', () => {
  const rows = [{ id: '<1>', n: 3 }];
  const html = render(
    <Page title="一" signedIn={user} breadcrumbs={[{ href: '/', text: '首页' }, { text: '一' }]}>
      <Card title="卡" aside={<Badge text="新" tone="info" />}>
        <Button name="_action" value="send" confirm="确定？">
          提交
        </Button>
        <LinkButton href="/p" newTab>
          打印
        </LinkButton>
        <Pager next="/n" />
        <Tabs
          label="视图"
          tabs={[
            { href: '/a', text: '甲', current: true },
            { href: '/b', text: '乙', count: 0 },
          ]}
        />
      </Card>
      <Table
        caption="办件"
        rows={rows}
        rowKey={(r) => r.id}
        columns={[
          { title: '编号', head: true, cell: (r) => r.id },
          { title: '数', numeric: true, cell: (r) => r.n },
        ]}
      />
      <Table caption="空" rows={[]} rowKey={String} columns={[]} empty={<EmptyState title="没有办件" />} />
      <DefinitionList items={[{ term: '事项', detail: '低保' }]} />
      <Timeline
        current
        entries={[
          { when: '今天', title: '收件' },
          { when: '今天', title: '受理' },
        ]}
      />
      <Checklist items={[{ state: 'missing', text: '授权书' }]} />
      <TextField id="a" name="a" label="甲" error="错" help="帮" required />
      <TextArea id="b" name="b" label="乙" value={'一\n二'} />
      <SelectField id="c" name="c" label="丙" options={[{ value: '1', text: '一' }]} value="1" />
      <RadioField id="d" name="d" label="丁" options={[{ value: '1', text: '一' }]} />
      <FileField id="e" name="e" label="戊" camera uploaded={[{ text: '照片.jpg', href: '/f' }]} />
      <ErrorPage status={409} happened="刚刚有人办理过" next={['看看最新情况']} requestId="r-1" />
    </Page>,
  );

  it('carry no inline code and no id twice', () => {
    expect(inlineCode(html)).to.deep.equal([]);
    const ids = idsOf(html);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('give each table cell its column’s title for narrow screens', () => {
    expect(
      tagsOf(html)
        .filter((t) => t.name === 'td')
        .map((t) => t.attributes['data-label']),
    ).to.deep.equal(['数']);
    expect(html).to.contain('&lt;1>').and.to.contain('没有办件');
  });

  it('mark the last entry of a running timeline as the place where it stands', () => {
    expect(tagsOf(html).filter((t) => t.attributes['aria-current'] === 'step')).to.have.length(1);
  });

  it('say a light’s meaning in words and by shape', () => {
    const seen = (['green', 'yellow', 'red', 'paused', 'done'] as const).map((light) =>
      render(<Light light={light} />),
    );
    for (const [i, word] of ['正常', '临近', '逾期', '暂停', '已结束'].entries())
      expect(seen[i]).to.contain(word);
    expect(new Set(seen.map((s) => /<svg.*<\/svg>/.exec(s)?.[0])).size).to.equal(5);
  });

  it('tell what happened, what to do and whom to name the request to', () => {
    expect(html)
      .to.contain('刚刚有人办理过')
      .and.to.contain('看看最新情况')
      .and.to.contain('<code>r-1</code>');
  });
});

describe('colours', () => {
  it('count as black and white should', () => {
    expect(contrast('#000000', '#ffffff')).to.be.closeTo(21, 0.01);
    expect(contrast('#777777', '#ffffff')).to.be.closeTo(4.48, 0.01);
  });

  for (const theme of ['station', 'branch'] as const)
    it(`of the ${theme} keep 4.5 : 1 for text and 3 : 1 for edges (WCAG 1.4.3, 1.4.11)`, () => {
      const colours = coloursOf(theme);
      const of = (name: string): string => {
        const hex = colours.get(name);
        if (hex === undefined) throw new Error(`no token --${name}`);
        return hex;
      };
      for (const { colour, on, least } of PAIRS)
        expect(contrast(of(colour), of(on)), `${colour} on ${on}`).to.be.at.least(least);
    });
});
