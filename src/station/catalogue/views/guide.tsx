/** The nine elements of rule B1-2 on one page, which prints on one sheet of A4. */
import type { JSX } from 'preact';
import { Actions, Card, LinkButton, PrintButton, Tabs } from '../../../platform/web/index.ts';
import { Drawing } from '../../shell.tsx';
import { type ItemGuide, isBrought, type SituationGuide } from '../present/index.ts';
import { sheetSize } from '../sheet.ts';
import { ToPhone } from './bring.tsx';
import { Qr } from './qr.tsx';
import { Lines, Materials, Steps, Terms } from './sections.tsx';

export interface GuideProps {
  guide: ItemGuide;
  situation: SituationGuide;
  drawing: string;
  mayFile: boolean;
  /** Where the page is read: the address under the QR code of a print. */
  address: string;
  /** 2026年11月30日 */
  printedOn: string;
}

/** What only the print shows above: the station, the situation, the way to the page. */
function Head({ guide, situation, address }: GuideProps): JSX.Element {
  const isOne = guide.guides.length === 1;
  return (
    <header class="guide-head">
      <div>
        <p class="print-only guide-station">富宁县农民服务站 · 办事指南</p>
        <h1>{guide.title}</h1>
        {!isOne && <p class="print-only guide-situation">办理情形：{situation.title}</p>}
        <p class="lead">
          事项编码 {guide.code} · {guide.kindTitle} · {guide.authority}
        </p>
      </div>
      <div class="print-only guide-qr">
        <Qr text={address} label="本指南的网址" />
        <span>扫码看最新版</span>
      </div>
    </header>
  );
}

/** What most people want to know, in three lines. */
function Look({ guide, situation }: GuideProps): JSX.Element {
  const many = situation.materials.filter(isBrought).length;
  const bring = `/items/${guide.code}/bring?situation=${encodeURIComponent(situation.id)}`;
  return (
    <ul class="first-look no-print">
      <li>
        <b>带什么</b>
        <a href={bring}>{many === 0 ? '不用带材料，人到就行' : `${many} 样，看清单`}</a>
      </li>
      <li>
        <b>多久办好</b>
        <span>{situation.promised}</span>
      </li>
      <li>
        <b>多少钱</b>
        <span>{guide.fee}</span>
      </li>
    </ul>
  );
}

function Ways({ guide, situation, mayFile, address }: GuideProps): JSX.Element {
  const query = `situation=${encodeURIComponent(situation.id)}`;
  return (
    <>
      <Actions>
        {mayFile && (
          <LinkButton kind="primary" href={`/cases/new?item=${guide.code}&${query}`}>
            在本村受理
          </LinkButton>
        )}
        <LinkButton href={`/items/${guide.code}/bring?${query}`}>要带什么（可打印）</LinkButton>
        <LinkButton href={`/items/${guide.code}/sample?${query}`}>申请书示范文本</LinkButton>
        <PrintButton>打印办事指南</PrintButton>
      </Actions>
      <ToPhone address={address} />
      {guide.guides.length > 1 && (
        <Tabs
          label="办理情形"
          tabs={guide.guides.map((s) => ({
            href: `/items/${guide.code}?situation=${s.id}`,
            text: s.title,
            current: s.id === situation.id,
          }))}
        />
      )}
    </>
  );
}

function FollowUp({ guide, isLong }: { guide: ItemGuide; isLong: boolean }): JSX.Element | null {
  if (guide.followUp.length === 0) return null;
  return (
    <>
      <div class={isLong ? 'no-print' : undefined}>
        <Card title="办好以后">
          <Lines lines={guide.followUp} />
        </Card>
      </div>
      {isLong && (
        <p class="print-only">办好以后要注意的 {guide.followUp.length} 条，请扫右上角的码或者在村站查看。</p>
      )}
    </>
  );
}

export function ItemGuideView(props: GuideProps): JSX.Element {
  const { guide, situation, drawing, printedOn } = props;
  const { size, isLong } = sheetSize(guide, situation);
  return (
    <article class={`guide guide-${size}`}>
      <Head {...props} />
      <Ways {...props} />
      <Look {...props} />
      <div class="guide-body">
        <Materials materials={situation.materials} />
        <Card title="谁能办（办理条件）">
          <Lines lines={guide.conditions} />
        </Card>
        <Card title="期限、收费和数量">
          <Terms guide={guide} situation={situation} />
        </Card>
        <Card title="怎么办（办理程序）">
          <Steps situation={situation} />
          <details class="no-print">
            <summary>流程图</summary>
            <Drawing svg={drawing} label={`${guide.title}流程图`} />
          </details>
        </Card>
        <Card title="申请书示范文本">
          <p>
            申请表免费领取，填写样例见
            <a href={`/items/${guide.code}/sample?situation=${situation.id}`}>示范文本</a>
            <span class="print-only">（扫右上角的码，或者在村站查看）</span>。
          </p>
        </Card>
        <Card title="依据">
          <Lines lines={guide.basis} />
        </Card>
        <Card title="不服怎么办（权利救济）">
          <p>{guide.remedies}</p>
        </Card>
        <FollowUp guide={guide} isLong={isLong} />
      </div>
      <p class="print-only guide-foot">
        到村（社区）便民服务站办理，代办员免费帮办。{printedOn}印，第 {guide.version}{' '}
        版；有变化的，以扫码看到的为准。
      </p>
    </article>
  );
}
