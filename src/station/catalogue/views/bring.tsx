/** 要带什么: a list to tick off, on the screen and on one sheet of paper. */
import type { JSX } from 'preact';
import { Actions, Card, LinkButton, PrintButton } from '../../../platform/web/index.ts';
import { type ItemGuide, isBrought, type SituationGuide } from '../present/index.ts';
import { Qr } from './qr.tsx';
import { Materials } from './sections.tsx';

export interface BringProps {
  guide: ItemGuide;
  situation: SituationGuide;
  /** Where the guide is read. */
  address: string;
  printedOn: string;
}

/** The address as a code, for the camera of a telephone. */
export const ToPhone = ({ address }: { address: string }): JSX.Element => (
  <details class="to-phone no-print">
    <summary>发到手机</summary>
    <Qr text={address} label="本页的网址" />
    <p class="help">用手机扫一扫，就能在手机上看。</p>
  </details>
);

export function BringList({ guide, situation, address, printedOn }: BringProps): JSX.Element {
  const back = `/items/${guide.code}?situation=${encodeURIComponent(situation.id)}`;
  const many = situation.materials.filter(isBrought).length;
  return (
    <article class="bring-list">
      <header class="guide-head">
        <div>
          <h1>{guide.title}：要带什么</h1>
          {guide.guides.length > 1 && <p class="lead">办理情形：{situation.title}</p>}
          <p class="look">{many === 0 ? '不用带材料，人到就行。' : `要带 ${many} 样，带齐一样勾一样。`}</p>
        </div>
        <div class="print-only guide-qr">
          <Qr text={address} label="办事指南的网址" />
          <span>扫码看指南</span>
        </div>
      </header>
      <Actions>
        <PrintButton>打印这张单子</PrintButton>
        <LinkButton href={back}>回到办事指南</LinkButton>
      </Actions>
      <ToPhone address={address} />
      <Materials materials={situation.materials} />
      <Card title="到哪里去">
        <p>
          到村（社区）便民服务站，代办员免费帮办。
          <a class="no-print" href="/stations">
            查地址和电话
          </a>
        </p>
        <p>
          收费：{guide.fee}。多久办好：{situation.promised}。
        </p>
      </Card>
      <p class="print-only guide-foot">
        富宁县农民服务站 {printedOn}印，第 {guide.version} 版；有变化的，以扫码看到的为准。
      </p>
    </article>
  );
}
