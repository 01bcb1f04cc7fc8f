import { expect } from 'chai';
import type { HandOutView } from '../../../src/station/cash/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, identity, nameOf, toldOf } from '../../support/payouts.ts';
import { type Client, type House, openHouse, PNG } from '../../support/service.ts';
import { popplerOrSkip, textOf } from '../papers/pdf.ts';
import {
  asSelf,
  box,
  cashRun,
  closed,
  dayOf,
  handOut,
  must,
  piecesOf,
  receivedBag,
  reconciled,
  refused,
} from './village.ts';

const DAY = '2026-10-12';

onEachDatabase('cash: over the counter', (engine) => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  let committee: Client;
  let lines: { lineId: string; net: number; name: string }[];
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at(`${DAY}T09:00:00+08:00`);
    clerk = await house.as('village');
    committee = await house.as('committee');
    await cashRun(house, { count: 6, amount: (i) => 12_345 + i });
    lines = (await receivedBag(house)).lines;
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const lineOf = (i: number) => lines.find((l) => l.name === nameOf(i)) as (typeof lines)[number];
  const faultsOf = async (i: number, over: Record<string, unknown>) =>
    (await refused(handOut(clerk, lineOf(i), asSelf(i, over)), 422, 'request.invalid')).faults?.map(
      (f) => f.pointer,
    );

  it('says of every field what is missing or does not fit whose money it is', async () => {
    expect(await faultsOf(0, { witness: undefined, signature: undefined })).to.have.members([
      '/data/witness',
      '/data/signature',
    ]);
    expect(await faultsOf(0, { idNumber: identity(1) })).to.deep.equal(['/data/idNumber']);
    expect(await faultsOf(0, { name: '别人' })).to.deep.equal(['/data/name']);
    expect(await faultsOf(0, { collector: '代领' })).to.deep.equal(['/data/relation']);
    expect(await faultsOf(0, { collector: '代领', relation: '儿子' })).to.deep.equal(['/data/idNumber']);
    expect(await faultsOf(0, { witness: nameOf(0) })).to.deep.equal(['/data/witness']);
    expect(await faultsOf(0, { witness: '农秀兰' })).to.deep.equal(['/data/witness']);
    expect(await faultsOf(0, { idChecked: false })).to.deep.equal(['/data/idChecked']);
    expect((await dayOf(clerk, DAY)).handOuts).to.deep.equal([]);
  });

  it('only the clerk of the village hands out; to others it is not there', async () => {
    await refused(handOut(committee, lineOf(0), asSelf(0)), 403, 'not_allowed');
    for (const login of ['village2', 'town-mz', 'mz-leader'])
      await refused(handOut(await house.as(login), lineOf(0), asSelf(0)), 404, 'cash.not_found');
  });

  it('hands a line out once: five at the same moment, and once more', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => handOut(clerk, lineOf(0), asSelf(0))));
    expect(answers.map((a) => a.status).sort()).to.deep.equal([201, 409, 409, 409, 409]);
    await refused(handOut(clerk, lineOf(0), asSelf(0)), 409, 'cash.already_handed');
    const { handOuts, sums } = await dayOf(clerk, DAY);
    expect([handOuts.length, sums.handedOut]).to.deep.equal([1, 12_345]);
  });

  it('the same request twice gets the first answer', async () => {
    const key = { 'Idempotency-Key': 'counter-1' };
    const first = must(await handOut(clerk, lineOf(1), asSelf(1), key), 201);
    const again = must(await handOut(clerk, lineOf(1), asSelf(1), key), 201);
    expect(again).to.deep.equal(first);
  });

  it('a proxy signs for it, on paper, with a photograph of the fingerprint', async () => {
    const proxy = {
      collector: '代领',
      name: nameOf(40),
      idNumber: identity(40),
      relation: '女儿',
      signedBy: '纸质签名或者按指印',
      signature: undefined,
      witnessSignature: undefined,
    };
    const photo = `data:image/png;base64,${PNG.toString('base64')}`;
    const broken = `data:image/png;base64,${Buffer.from('no picture at all').toString('base64')}`;
    await refused(handOut(clerk, lineOf(2), { ...asSelf(2, proxy), photo: broken }), 415, 'file.wrong_type');
    const done = must(await handOut(clerk, lineOf(2), { ...asSelf(2, proxy), photo }), 201);
    expect([done.relation, done.hasPhoto, done.idMasked]).to.deep.equal([
      '女儿',
      true,
      `532628**********${identity(40).slice(-2)}`,
    ]);
  });

  it('who looks at number and signature is written down', async () => {
    const [one] = (await dayOf(clerk, DAY)).handOuts as [HandOutView];
    const audit = () => house.service.deps.db.read('audit').where({ act: 'cash.reveal', subject: one.id });
    expect(await audit()).to.deep.equal([]);
    const full = must(
      await committee.post<{ details: { idNumber: string; signature: string } }>(
        `/api/cash/hand-outs/${one.id}/reveal`,
        {},
      ),
    );
    expect(full.details.idNumber).to.equal(identity(0));
    expect(full.details.signature).to.match(/^data:image\/png/);
    expect((await audit()).length).to.equal(1);
    await refused(
      (await house.as('village2')).post(`/api/cash/hand-outs/${one.id}/reveal`, {}),
      404,
      'cash.not_found',
    );
  });

  describe('the receipt', () => {
    const pdf = async (path: string) => {
      const answer = await fetch(house.url + path, { headers: { cookie: clerk.cookie } });
      expect(answer.status).to.equal(200);
      return Buffer.from(await answer.arrayBuffer());
    };

    it('says whose money it is in figures and capitals; a reprint is the same bytes, each print written down', async function () {
      popplerOrSkip(this);
      const [one] = (await dayOf(clerk, DAY)).handOuts as [HandOutView];
      const first = await pdf(one.receipt);
      const text = textOf(first);
      for (const word of [
        '领款收据',
        nameOf(0),
        '￥123.45',
        '人民币壹佰贰拾叁元肆角伍分',
        '最低生活保障金',
        '2026年10月',
        'DIBAO-2026-10-1',
        '见证人黄大年',
        '发放人农秀兰',
        one.number,
      ])
        expect(text).to.include(word);
      expect(text).not.to.include(identity(0));
      expect((await pdf(one.receipt)).equals(first)).to.equal(true);
      const prints = await house.service.deps.db
        .read('audit')
        .where({ act: 'cash.receipt.print', subject: one.id });
      expect(prints.length).to.equal(2);
    });

    it('signed on paper it leaves room for the signatures, and names the proxy', async function () {
      popplerOrSkip(this);
      const paper = (await dayOf(clerk, DAY)).handOuts.find((h) => h.relation !== null) as HandOutView;
      const text = textOf(await pdf(paper.receipt));
      expect(text).to.include(`代领人${nameOf(40)}（女儿`);
      expect(text).to.include('领取人签名（指印）：');
      expect(text).to.include('已拍照存档');
    });

    it('another village gets none', async () => {
      const [one] = (await dayOf(clerk, DAY)).handOuts as [HandOutView];
      await refused((await house.as('village2')).get(one.receipt), 404, 'cash.not_found');
    });
  });

  describe('taking back', () => {
    let one: HandOutView;
    before(async () => {
      one = must(await handOut(clerk, lineOf(3), asSelf(3)), 201);
    });

    it('needs two persons, and a day is not closed while it waits', async () => {
      const at = `/api/cash/hand-outs/${one.id}/undo`;
      await refused(committee.post(at, { reason: '发错人' }), 403, 'not_allowed');
      must(await clerk.post(at, { reason: '发错人' }));
      await refused(clerk.post(`${at}/confirm`, {}), 403, 'not_allowed');
      const { sums } = await dayOf(clerk, DAY);
      await refused(
        clerk.post('/api/cash/days/close', { day: DAY, pieces: piecesOf(sums.expected) }),
        409,
        'cash.not_possible',
      );
      must(await committee.post(`${at}/decline`, {}));
      await refused(committee.post(`${at}/confirm`, {}), 409, 'cash.not_possible');
      must(await clerk.post(at, { reason: '发错人，钱已收回' }));
      must(await committee.post(`${at}/confirm`, {}));
    });

    it('puts the money back into the box: its receipt is void, it can be handed out again', async () => {
      await refused(clerk.get(one.receipt), 409, 'cash.not_possible');
      const { balance, lines: inBox } = await box(clerk);
      expect(inBox.map((l) => l.name)).to.include(nameOf(3));
      expect(balance).to.equal(inBox.reduce((sum, l) => sum + l.net, 0));
      const again = must(await handOut(clerk, lineOf(3), asSelf(3)), 201);
      expect(again.number).not.to.equal(one.number);
      await reconciled(house);
    });
  });

  describe('the end of the day', () => {
    it('what was handed out is paid when the committee has confirmed the day, and the books balance', async () => {
      const state = async (i: number) =>
        (
          await house.service.deps.db
            .read('payout_lines')
            .where({ id: lineOf(i).lineId })
            .first('state')
        ).state;
      expect(await state(0)).to.equal('cash');
      expect(await toldOf(house, 'cash-paid')).to.deep.equal([]);
      await closed(house, DAY);
      expect((await toldOf(house, 'cash-paid')).length).to.equal(4);
      expect([await state(0), await state(3), await state(4)]).to.deep.equal(['paid', 'paid', 'cash']);
      const sums = await reconciled(house);
      expect(sums).to.include({ handed: 0, box: 12_349 + 12_350, ledger: 12_349 + 12_350 });
      await balanced(house);
    });

    it('on a closed day nothing is booked and nothing taken back; the next day neither is taken back', async () => {
      await refused(handOut(clerk, lineOf(4), asSelf(4)), 409, 'cash.day_closed');
      const { handOuts } = await dayOf(clerk, DAY);
      const undo = () => clerk.post(`/api/cash/hand-outs/${handOuts[0]?.id}/undo`, { reason: '发错' });
      await refused(undo(), 409, 'cash.day_closed');
      await house.at('2026-10-13T09:00:00+08:00');
      await refused(undo(), 409, 'cash.day_closed');
      must(await handOut(clerk, lineOf(4), asSelf(4)), 201);
    });
  });
});
