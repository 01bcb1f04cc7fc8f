import { expect } from 'chai';
import type { Fault } from '../../src/errors.ts';
import { loadDefinitions } from '../../src/platform/definitions/index.ts';
import { factsOf as factsOn, type RuleFacts } from '../../src/workflow/facts.ts';
import { evaluateFeel } from '../../src/workflow/feel.ts';
import { computeFields, evaluateRules } from '../../src/workflow/rules.ts';
import type { Definition } from '../../src/workflow/types.ts';

// biome-ignore lint/suspicious/noExplicitAny: forms are changed in ways no type describes
type Loose = any;

const TODAY = '2026-11-24';
const definitions = loadDefinitions({ today: TODAY });

interface Case {
  situation?: string;
  example?: number;
  today?: string;
  change?: (form: Loose) => void;
  params?: Record<string, unknown>;
}

function factsOf(
  code: string,
  { situation, example = 0, today = TODAY, change, params }: Case = {},
): RuleFacts {
  const pinned = definitions.get(code);
  const chosen = situation ?? pinned.definition.situations[0]?.id ?? '';
  const schema = pinned.formFor(chosen);
  const raw = structuredClone(schema.examples?.[example]) as Record<string, unknown>;
  change?.(raw);
  const facts = factsOn(raw, chosen, { ...definitions.params(today), ...params }, today);
  return { ...facts, form: computeFields(schema, raw, facts) };
}

const judge = (code: string, how: Case = {}) =>
  evaluateRules(definitions.get(code).definition, factsOf(code, how));
const ids = (faults: Fault[]) => faults.map((f) => f.code);
const blocked = (code: string, how: Case = {}) => ids(judge(code, how).blocks);
/** Warnings proper; what a route says is told apart. */
const warned = (code: string, how: Case = {}) => {
  const routes = definitions.get(code).definition.rules.filter((r) => r.effect === 'route');
  return judge(code, how)
    .warnings.map((w) => w.code)
    .filter((id) => !routes.some((r) => r.id === id));
};

describe('rules', () => {
  for (const { code, situations } of definitions.list()) {
    for (const { id } of situations) {
      it(`${code} ${id}: nothing stands against the examples`, () => {
        for (const example of [0, 1])
          expect(blocked(code, { situation: id, example }), `${example}`).to.deep.equal([]);
      });
    }

    it(`${code} C-AGT: a minor needs a legal representative`, () => {
      const young = (kind: string) => (form: Loose) => {
        form.applicant.idNumber = '532628201005189961';
        form.agent = { kind, name: '农秀英', idNumber: '532628198607049945', relation: '母亲' };
      };
      expect(blocked(code, { change: young('近亲属代办') })).to.include('C-AGT');
      expect(blocked(code, { change: young('法定代理人') })).to.not.include('C-AGT');
    });
  }

  it('a block or route rule that cannot tell is a fault; a warning keeps silent', () => {
    const rule = (effect: string) => ({
      id: 'X1',
      when: 'form.area < 30',
      effect,
      says: '面积不够',
      field: '/area',
    });
    const ask = (effect: string, form: object) =>
      evaluateRules({ rules: [rule(effect)] } as unknown as Definition, {
        ...factsOf('WJ-01'),
        form: { ...form },
      });
    expect(ask('block', {}).blocks).to.deep.equal([
      { pointer: '/form/area', message: '资料不全，无法判断：面积不够', code: 'X1' },
    ]);
    expect(ask('route', {})).to.deep.include({ routes: { X1: false } });
    expect(ask('route', {}).blocks).to.have.length(1);
    expect(ask('warn', {})).to.deep.equal({ blocks: [], warnings: [], routes: {}, answer: null });
    expect(ask('block', { area: 29 }).blocks[0]?.message).to.equal('面积不够');
    expect(ask('block', { area: 30 }).blocks).to.deep.equal([]);
  });

  it('an expression cannot read the clock', () => {
    expect(evaluateFeel('now()', {})).to.equal(null);
    expect(evaluateFeel('today()', {})).to.equal(null);
    expect(evaluateFeel('string(date(today) + duration("P1D"))', { today: '2026-02-28' })).to.equal(
      '2026-03-01',
    );
  });
});

describe('rules of WJ-01 生育登记', () => {
  it('R4: marriage is never a condition', () => {
    for (const status of ['已婚', '未婚', '离异', '再婚']) {
      const { blocks, warnings } = judge('WJ-01', { change: (f) => (f.couple.maritalStatus = status) });
      expect([...blocks, ...warnings], status).to.deep.equal([]);
    }
  });

  it('R3: the other parent may be left out', () => {
    expect(blocked('WJ-01', { example: 1 })).to.deep.equal([]);
  });

  it('R2: warns when nobody lives or is registered in the county', () => {
    const away = (f: Loose) => {
      f.applicant.region = '450102001001';
      f.residence = '南宁市兴宁区';
    };
    expect(warned('WJ-01', { change: away })).to.deep.equal(['R2']);
    expect(warned('WJ-01', { change: (f) => (f.applicant.region = '450102001001') })).to.deep.equal([]);
  });

  it('R5: warns of a likely duplicate', () => {
    expect(warned('WJ-01', { change: (f) => (f.birthOrder = 1) })).to.deep.equal(['R5']);
  });

  it('F1, F2: who the applicant is must agree with the identity number', () => {
    expect(blocked('WJ-01', { change: (f) => (f.couple.applicantIs = '男方') })).to.deep.equal(['F1']);
    const same = (f: Loose) => (f.couple.partner.idNumber = f.applicant.idNumber);
    expect(blocked('WJ-01', { change: same })).to.deep.equal(['F2']);
  });

  it('F3, F4: birth and due date fit the situation', () => {
    expect(
      blocked('WJ-01', { situation: 'after-birth', change: (f) => (f.bornOn = '2026-11-25') }),
    ).to.deep.equal(['F3']);
    expect(blocked('WJ-01', { situation: 'after-birth', change: (f) => (f.bornOn = TODAY) })).to.deep.equal(
      [],
    );
    expect(warned('WJ-01', { change: (f) => (f.expectedOn = '2026-11-23') })).to.deep.equal(['F4']);
  });
});

describe('rules of NY-04 农药经营许可', () => {
  const change = (set: (f: Loose) => void) => ({ change: set });

  it('R1: warns of training under 56 hours', () => {
    expect(
      warned(
        'NY-04',
        change((f) => (f.staff[0].hours = 55)),
      ),
    ).to.deep.equal(['R1']);
    expect(
      warned(
        'NY-04',
        change((f) => (f.staff[0].hours = 56)),
      ),
    ).to.deep.equal([]);
  });

  it('R2: shop from 30 m², store from 50 m², by parameter', () => {
    expect(
      blocked(
        'NY-04',
        change((f) => (f.premises.shopArea = 29.99)),
      ),
    ).to.deep.equal(['R2']);
    expect(
      blocked(
        'NY-04',
        change((f) => (f.premises.storeArea = 49.99)),
      ),
    ).to.deep.equal(['R2']);
    expect(blocked('NY-04', { example: 1 }), '30 and 50 exactly').to.deep.equal([]);
    const stricter = judge('NY-04', { example: 1, params: { pesticideShopAreaLeast: 40 } });
    expect(stricter.blocks[0]?.message).to.equal('营业场所不得少于 40 平方米，仓储场所不得少于 50 平方米。');
    expect(
      blocked(
        'NY-04',
        change((f) => f.premises.isolation.pop()),
      ),
    ).to.deep.equal(['R2-isolation']);
  });

  it('R3: a scanner and a ledger are needed', () => {
    expect(
      blocked(
        'NY-04',
        change((f) => (f.equipment.scanner = '无')),
      ),
    ).to.deep.equal(['R3']);
  });

  it('R4: all seven policies', () => {
    expect(
      blocked(
        'NY-04',
        change((f) => f.policies.pop()),
      ),
    ).to.deep.equal(['R4']);
  });

  it('R5: sanitary pesticides alone need no permit, and the clerk is told so', () => {
    const { blocks } = judge(
      'NY-04',
      change((f) => (f.business.sanitaryOnly = '是')),
    );
    expect(ids(blocks)).to.deep.equal(['R5']);
    expect(blocks[0]).to.include({ pointer: '/form/business/sanitaryOnly' });
    expect(blocks[0]?.message).to.contain('不需要取得农药经营许可');
  });

  it('R6: restricted pesticides belong elsewhere', () => {
    expect(
      blocked(
        'NY-04',
        change((f) => (f.business.restricted = '是')),
      ),
    ).to.deep.equal(['R6']);
  });

  it('R7: banned persons', () => {
    expect(
      blocked(
        'NY-04',
        change((f) => (f.declarations.banned = '是')),
      ),
    ).to.deep.equal(['R7']);
  });

  it('R8: no food, farm produce or feed in the same shop', () => {
    for (const ware of ['食品', '食用农产品', '饲料'])
      expect(
        blocked(
          'NY-04',
          change((f) => f.business.sideline.push(ware)),
        ),
        ware,
      ).to.deep.equal(['R8']);
  });

  it('B2-12: renewal 90 days before the end', () => {
    const until = (validTo: string) => ({
      situation: 'renew',
      change: (f: Loose) => (f.licence.validTo = validTo),
    });
    expect(blocked('NY-04', until('2027-02-21'))).to.deep.equal(['B2-12']);
    expect(blocked('NY-04', until('2027-02-22'))).to.deep.equal([]);
  });

  it('F1, F2: plausibility', () => {
    expect(
      warned(
        'NY-04',
        change((f) => (f.organisation.principal = '别人')),
      ),
    ).to.deep.equal(['F1']);
    expect(
      blocked(
        'NY-04',
        change((f) => f.business.sideline.push('无')),
      ),
    ).to.deep.equal(['F2']);
  });

  it('premises are not asked about when a licence is cancelled', () => {
    expect(judge('NY-04', { situation: 'cancel' }).blocks).to.deep.equal([]);
  });

  it('the lost licence is not asked for, the damaged one is', () => {
    const material = definitions.get('NY-04').definition.materials.find((m) => m.id === 'old-licence');
    const asked = (example: number) =>
      evaluateFeel(material?.when ?? '', factsOf('NY-04', { situation: 'replace', example }));
    expect([asked(0), asked(1)]).to.deep.equal([false, true]);
  });
});

describe('rules of MZ-01 最低生活保障', () => {
  const assessment = (how: Case) => (factsOf('MZ-01', how).form as Loose).assessment;

  it('computes income per head and the gap to the standard; exempt income does not count (R3)', () => {
    // 420.5 + 300 for three persons; 110 of 优待抚恤 is exempt. 500 × 3 − 720.5 = 779.5.
    expect(assessment({})).to.deep.equal({
      headcount: 3,
      monthlyIncome: 720.5,
      perCapita: 240.17,
      gap: 779.5,
    });
    const members = (factsOf('MZ-01').form as Loose).household;
    expect(members.map((m: Loose) => m.monthlyIncome)).to.deep.equal([720.5, 0, 0]);
    expect(members.map((m: Loose) => [m.sex, m.birth])).to.deep.equal([
      ['男', '1966-11-15'],
      ['女', '1948-02-29'],
      ['女', '2010-05-18'],
    ]);
  });

  it('follows the standard of the day', () => {
    expect(assessment({ params: { dibaoStandardRural: 600 } }).gap).to.equal(1079.5);
    expect(assessment({ params: { dibaoExemptIncome: [] } }).monthlyIncome).to.equal(830.5);
  });

  it('never takes a computed value from outside, and makes none where data is missing', () => {
    const forged = { change: (f: Loose) => (f.assessment = { headcount: 9, gap: 99999, perCapita: 0 }) };
    expect(assessment(forged).gap).to.equal(779.5);
    expect(assessment({ change: (f) => delete f.incomes })).to.deep.equal({ headcount: 3 });
    expect(assessment({ example: 1 }), '单人保').to.not.have.property('gap');
    expect(assessment({ change: (f) => (f.incomes[0].amount = 9000) }).gap).to.equal(0);
  });

  it('R1: warns at or above the standard, never blocks: the village does not decide (B1-10)', () => {
    const earning = (amount: number) => ({
      change: (f: Loose) => (f.incomes = [{ ...f.incomes[0], amount }]),
    });
    expect(warned('MZ-01', earning(1500))).to.deep.equal(['R1']);
    expect(warned('MZ-01', earning(1499.9))).to.deep.equal([]);
    expect(blocked('MZ-01', earning(99999))).to.deep.equal([]);
    const edge = (amount: number) => ({
      change: (f: Loose) => {
        f.category = '边缘';
        f.incomes = [{ ...f.incomes[0], amount }];
      },
    });
    expect(warned('MZ-01', edge(2249))).to.deep.equal([]);
    expect(warned('MZ-01', edge(2250))).to.deep.equal(['R1']);
  });

  it('R2: warns of property above the limits', () => {
    const owning = (type: string, quantity: number, value: number) => ({
      change: (f: Loose) => f.assets.push({ type, quantity, value }),
    });
    expect(warned('MZ-01', owning('机动车', 1, 5000))).to.deep.equal(['R2']);
    expect(warned('MZ-01', owning('存款', 1, 30000))).to.deep.equal([]);
    expect(warned('MZ-01', owning('存款', 1, 30000.01))).to.deep.equal(['R2']);
  });

  it('R3: warns when the parameters no longer exempt an income', () => {
    expect(warned('MZ-01', { params: { dibaoExemptIncome: ['育儿补贴'] } })).to.deep.equal(['R3']);
  });

  it('R4: kin of the staff take the way over the county visit', () => {
    expect(judge('MZ-01').routes).to.include({ R4: false });
    const { routes, warnings } = judge('MZ-01', { example: 1 });
    expect(routes).to.include({ R4: true });
    expect(ids(warnings)).to.deep.equal(['R4', 'P1']);
  });

  it('R5: warns of 单人保 without illness or disability', () => {
    expect(warned('MZ-01', { example: 1, change: (f) => (f.household[0].health = '一般') })).to.include('R5');
  });

  it('F1–F4, C-ACC: the parts of the form agree', () => {
    expect(blocked('MZ-01', { change: (f) => f.household.shift() })).to.include('F1');
    const twin = (f: Loose) => (f.household[1].idNumber = f.household[0].idNumber);
    expect(blocked('MZ-01', { change: twin })).to.deep.equal(['F2']);
    expect(blocked('MZ-01', { change: (f) => (f.incomes[0].member = '路人') })).to.deep.equal(['F3']);
    expect(blocked('MZ-01', { change: (f) => (f.labourers = 4) })).to.deep.equal(['F4']);
    expect(blocked('MZ-01', { change: (f) => (f.account.holder = '黄梁氏') })).to.deep.equal(['C-ACC']);
    const dotted = (f: Loose) => {
      f.applicant.name = '买买提·艾力';
      f.account.holder = '买买提•艾力';
    };
    expect(blocked('MZ-01', { change: dotted })).to.deep.equal([]);
  });
});

describe('rules of ZR-02 首次登记', () => {
  it('R1–R3, R5: doubts are told, never refused at the counter (条例17)', () => {
    expect(warned('ZR-02', { example: 1 })).to.deep.equal(['R1']);
    expect(warned('ZR-02')).to.deep.equal(['R3']);
    const second = (completedOn: string) => (f: Loose) => {
      f.standing.otherHomesteads = 1;
      f.property.completedOn = completedOn;
    };
    expect(warned('ZR-02', { change: second('1999-01-01') })).to.include('R2');
    expect(warned('ZR-02', { change: second('1998-12-31') })).to.not.include('R2');
    const { blocks, warnings } = judge('ZR-02', { change: (f) => (f.standing.dispute = '有') });
    expect(blocks).to.deep.equal([]);
    expect(ids(warnings)).to.include('R5');
    expect(warned('ZR-02', { change: (f) => (f.neighbours[0].signed = '未签字') })).to.include(
      'R5-neighbours',
    );
  });

  it('R4: what exceeds the approved area must be noted', () => {
    expect(blocked('ZR-02', { change: (f) => (f.property.parcelArea = 120.01) })).to.deep.equal(['R4']);
    expect(blocked('ZR-02', { change: (f) => (f.property.parcelArea = 120) })).to.deep.equal([]);
  });

  it('F1–F3: shares and owners agree', () => {
    expect(blocked('ZR-02', { example: 1, change: (f) => (f.owners[0].share = 50) })).to.deep.equal(['F1']);
    expect(blocked('ZR-02', { example: 1, change: (f) => delete f.owners[0].share })).to.deep.equal(['F2']);
    expect(blocked('ZR-02', { change: (f) => (f.sharing = '共同') })).to.deep.equal(['F3']);
    expect(blocked('ZR-02', { example: 1, change: (f) => (f.sharing = '单独') })).to.deep.equal(['F3']);
  });

  it('F4–F6: four sides, different owners, a finished house', () => {
    expect(blocked('ZR-02', { change: (f) => (f.neighbours[1].side = '东') })).to.deep.equal(['F4']);
    const twin = (f: Loose) => (f.owners[1].idNumber = f.owners[0].idNumber);
    expect(blocked('ZR-02', { example: 1, change: twin })).to.deep.equal(['F5']);
    expect(blocked('ZR-02', { change: (f) => (f.property.completedOn = '2026-11-25') })).to.deep.equal([
      'F6',
    ]);
  });
});
