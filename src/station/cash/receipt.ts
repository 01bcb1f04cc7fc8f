/** 领款收据: what the citizen takes home and what the house keeps; made once, printed as often as asked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maskId } from '../../kernel/mask.ts';
import { capitals, yuan } from '../../kernel/money.ts';
import { chineseDate, chineseDateTime, localDate } from '../../kernel/time.ts';
import { projectRoot } from '../../platform/paths.ts';
import type { PrintedPaper } from '../../platform/pdf/index.ts';
import { printedCode } from '../codes.ts';
import { layOut, parameters, pictureBlock, type Words } from '../papers/index.ts';
import { periodsTitle } from '../payouts/index.ts';
import { STATION_SEAL, stationOf, type Unsealed } from '../prints.ts';
import type { CashDeps, CashLine, HandOut } from './types.ts';

type Template = Parameters<typeof layOut>[0] & { title: string };

const { receipt: TEMPLATE } = JSON.parse(
  readFileSync(join(projectRoot, 'data', 'papers', 'cash.json'), 'utf8'),
) as { receipt: Template };

export const RECEIPT_TITLE = TEMPLATE.title;

/** Everything a receipt says, frozen when the money is handed out. */
export function receiptWords(
  deps: Pick<CashDeps, 'orgs'>,
  given: { line: CashLine } & Pick<HandOut, 'details' | 'handed' | 'photoHash'>,
): Words {
  const { line, details: d, handed, photoHash } = given;
  const proxy = d.collector === '代领';
  return {
    name: line.name,
    idNumber: maskId(line.idNumber),
    scheme: line.schemeTitle,
    item: line.itemTitle,
    caseNumber: line.caseNumber,
    periods: periodsTitle(line.periods),
    run: line.runNumber,
    amount: yuan(line.net),
    capitals: capitals(line.net),
    collector: proxy ? '他人代领' : '本人领取',
    proxy: proxy ? `${d.name}（${d.relation}，证件号 ${maskId(d.idNumber)}）` : undefined,
    handedAt: chineseDateTime(handed.at),
    station: stationOf(deps, line.villageId),
    clerk: handed.name,
    witness: d.witness,
    photo: photoHash === null ? undefined : '已拍照存档',
    onPaper: d.signature === undefined ? '是' : undefined,
  };
}

/** The receipt as it is printed. */
export function receiptPrint(
  deps: Pick<CashDeps, 'orgs' | 'vault'>,
  handOut: HandOut,
): Unsealed<PrintedPaper> {
  const words = JSON.parse(deps.vault.open(handOut.printSealed)) as Words;
  const station = stationOf(deps, handOut.villageId);
  const pictures: Record<string, string | undefined> = {
    领取人签名: handOut.details.signature,
    见证人签名: handOut.details.witnessSignature,
  };
  return {
    title: RECEIPT_TITLE,
    author: station,
    subject: `${words.scheme} ${words.run}`,
    createdAt: handOut.handed.at,
    heading: [station, RECEIPT_TITLE],
    number: handOut.number,
    blocks: layOut(TEMPLATE, words, (block) =>
      'signature' in block ? pictureBlock(block.signature, pictures[block.signature]) : [],
    ),
    signature: {
      organ: station,
      date: chineseDate(localDate(handOut.handed.at)),
      seal: STATION_SEAL,
      qr: { lines: [`校验码 ${printedCode(handOut.verifyCode)}`, `联系电话 ${parameters.telephone}`] },
    },
  };
}
