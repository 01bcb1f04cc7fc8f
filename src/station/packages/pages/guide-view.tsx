/** What a citizen reads about a package: what is done together, what follows, what to bring once. */
import type { JSX } from 'preact';
import { Badge, Card, Checklist, type ChecklistItem, Table } from '../../../platform/web/index.ts';
import { FORM_WORDS } from '../../cases/index.ts';
import type { GuideItem, GuideMaterial, PackageGuide } from '../guide.ts';

/** 一起申请, or what it waits for. */
const whenText = ({ after }: GuideItem): string =>
  after.length === 0 ? '这次一起申请' : `“${after.map((a) => a.title).join('”“')}”办成以后`;

export function ItemsCard({ guide }: { guide: PackageGuide }): JSX.Element {
  return (
    <Card title="包括哪些事项">
      <Table
        caption={`${guide.title}包括的事项`}
        captionHidden
        rows={guide.items}
        rowKey={(item) => item.code}
        columns={[
          {
            title: '事项',
            head: true,
            cell: (item) => (
              <div>
                <a href={`/items/${item.code}?situation=${item.situation}`}>{item.title}</a>
                <p class="help">{item.says}</p>
              </div>
            ),
          },
          {
            title: '什么时候办',
            cell: (item) => (
              <div>
                {whenText(item)}
                {item.optional && (
                  <>
                    {' '}
                    <Badge text={item.chosen ? '可以不选' : '这次不办'} />
                  </>
                )}
              </div>
            ),
          },
          { title: '承诺期限', nowrap: true, cell: (item) => item.promised },
          { title: '收费', cell: (item) => item.fee },
        ]}
      />
      <p class="help">一起申请的事项由各部门同时办，各算各的期限；最后一件到期，就是整体到期。</p>
    </Card>
  );
}

const COMMITMENT = 'commitment';

function toBring(material: GuideMaterial): ChecklistItem {
  const what = `${FORM_WORDS[material.form]} ${material.copies} 份`;
  return {
    state: 'open',
    text: (
      <>
        {material.title}（{what}）{material.conditional && <span class="help">视情况需要</span>}
      </>
    ),
    note: [
      `用于：${material.items.join('、')}。`,
      material.help,
      material.spared?.way === COMMITMENT && `可以用书面承诺代替：${material.spared.source}`,
    ]
      .filter(Boolean)
      .join(''),
  };
}

/** One list for all items: each paper once. */
export function MaterialsCard({ guide }: { guide: PackageGuide }): JSX.Element {
  const isSpared = ({ spared }: GuideMaterial) => spared !== null && spared.way !== COMMITMENT;
  const asked = guide.materials.filter((m) => !isSpared(m));
  const later = asked.filter((m) => m.later);
  const spared = guide.materials.filter((m) => isSpared(m) && !m.later);
  return (
    <>
      <Card title="这次要带的材料（几个事项都要的，只带一份）">
        <Checklist items={asked.filter((m) => !m.later).map(toBring)} />
      </Card>
      {later.length > 0 && (
        <Card title="以后接着办时再带">
          <Checklist items={later.map(toBring)} />
        </Card>
      )}
      <Card title="不用带的材料">
        <Checklist items={spared.map((m) => ({ state: 'waived', text: m.title, note: m.spared?.source }))} />
      </Card>
    </>
  );
}
