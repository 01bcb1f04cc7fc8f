/** One claim from its decision to the money in the citizen's hand, told to its case when the day is confirmed. */
import { expect } from 'chai';
import { addMonths, localDate } from '../../../src/kernel/time.ts';
import { personKey } from '../../../src/station/persons.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { balanced, payDesk } from '../../support/payouts.ts';
import { type Client, type House, openHouse, SIGNATURE } from '../../support/service.ts';
import { type Blocks, brought, example, goOn, send, take, theClaim } from '../payouts/claims.ts';
import { type Bag, cashRun, closed, handOut, must, receivedBag, reconciled, refused } from './village.ts';

onEachDatabase('cash: from the decision to the hand', (engine) => {
  let opened: Opened;
  let house: House;
  let clerk: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    clerk = await house.as('village');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  const now = () => house.service.deps.clock.now();
  const nextDay = (n: number) => {
    const month = addMonths(localDate(now()), n).slice(0, 7);
    return house.at(`${month}-12T09:00:00+08:00`);
  };
  const collected = (line: Bag['lines'][0], idNumber: string) =>
    handOut(clerk, line, {
      data: {
        collector: '本人',
        name: line.name,
        idNumber,
        idChecked: true,
        signedBy: '屏幕手写',
        signature: SIGNATURE,
        witness: '黄大年',
        witnessSignature: SIGNATURE,
      },
    });

  it('the case hears of it when the committee has confirmed the day, not before', async () => {
    const walk = await brought(house, 'MZ-01', { situation: 'new', until: 'APPROVE' });
    await take(house, walk, 'APPROVE', { amount: 1219.5 });
    await goOn(house, walk, 'PAY');
    const claim = await theClaim(house, 'mz-officer', walk);
    const { idNumber } = example(house, 'MZ-01', 0, 'new').applicant as { idNumber: string };
    must(
      await send(house, 'mz-officer', `claims/${claim.id}/way`, {
        version: claim.version,
        reason: '本人没有银行卡',
        way: 'cash',
      }),
      204,
    );
    await nextDay(1);
    await payDesk(house, 'MZ').sendOff('dibao', localDate(now()).slice(0, 7));
    const { lines } = await receivedBag(house);
    expect(lines.map((l) => [l.name, l.net, l.caseNumber])).to.deep.equal([
      [claim.name, 121_950, (await walk.reload('village')).number],
    ]);
    must(await collected(lines[0] as Bag['lines'][0], idNumber), 201);
    const events = async () => {
      await house.service.deps.jobs.tick();
      return (await house.service.deps.db.read('case_events').where({ case_id: walk.id }).orderBy('seq')).map(
        (e) => e.type,
      );
    };
    expect((await events()).at(-1)).to.equal('PAY');
    await closed(house, localDate(now()));
    expect(await events()).to.include('SETTLE');
    await reconciled(house);
    await balanced(house);
  });

  it('is not handed out once a death is registered, whoever comes', async () => {
    const form = example(house, 'GA-01', 1, 'death') as Blocks;
    const deceased = form.deceased as { name: string; idNumber: string };
    await nextDay(1);
    await cashRun(house, {
      count: 1,
      period: localDate(now()).slice(0, 7),
      scheme: 'elder-allowance',
      over: () => ({
        name: deceased.name,
        person: personKey(house.service.deps.vault, deceased.idNumber),
        payee: {
          name: deceased.name,
          idNumber: deceased.idNumber,
          phone: null,
          holder: deceased.name,
          bank: '',
          account: '',
        },
      }),
    });
    const { lines } = await receivedBag(house);
    const line = lines.find((l) => l.name === deceased.name) as Bag['lines'][0];
    await brought(house, 'GA-01', { situation: 'death', form, until: 'APPROVE' }).then((w) =>
      take(house, w, 'APPROVE'),
    );
    await house.service.deps.jobs.tick();
    const problem = await refused(collected(line, deceased.idNumber), 409, 'cash.not_possible');
    expect(problem.says).to.include('已登记死亡');
  });
});
