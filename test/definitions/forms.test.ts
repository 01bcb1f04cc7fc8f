import { expect } from 'chai';
import { loadDefinitions } from '../../src/platform/definitions/index.ts';
import { checkAgainst } from '../../src/workflow/formats.ts';

// biome-ignore lint/suspicious/noExplicitAny: forms are changed in ways no type describes
type Loose = any;

const TODAY = '2026-11-24';
const definitions = loadDefinitions({ today: TODAY });

/** Faults of an example after one change, as pointer → message. */
function faults(code: string, change: (form: Loose) => void, example = 0, situation?: string) {
  const pinned = definitions.get(code);
  const chosen = situation ?? pinned.definition.situations[0]?.id ?? '';
  const form = structuredClone(pinned.formFor(chosen).examples?.[example]) as Loose;
  change(form);
  return Object.fromEntries(pinned.validateForm(form, chosen, TODAY).map((f) => [f.pointer, f.message]));
}

describe('forms', () => {
  for (const { code, situations } of definitions.list()) {
    for (const { id } of situations) {
      it(`${code} ${id}: examples are valid and leave nothing to guess`, () => {
        const pinned = definitions.get(code);
        const examples = pinned.formFor(id).examples ?? [];
        expect(examples).to.have.length.of.at.least(2);
        for (const example of examples) expect(pinned.validateForm(example, id, TODAY)).to.deep.equal([]);
        expect(pinned.validateForm({}, id, TODAY).length).to.be.greaterThan(3);
      });
    }
  }

  it('C.1: says what is wrong with an identity number, at the field', () => {
    const told = (idNumber: string) => faults('MZ-01', (f) => (f.household[1].idNumber = idNumber));
    const at = '/form/household/1/idNumber';
    expect(told('532628194802299926')).to.deep.equal({ [at]: '身份证号校验位不符，请逐位核对' });
    expect(told('532628194802309925')[at]).to.contain('出生日期不存在');
    expect(told('53262819480229992')[at]).to.contain('18 位');
    expect(faults('MZ-01', (f) => (f.applicant.idNumber = '532628196611159911'))).to.deep.equal({
      '/form/applicant/idNumber': '身份证号校验位不符，请逐位核对',
    });
  });

  it('C-APP: a passport is no identity number and asks for the date of birth', () => {
    const passport = (number: string) => (f: Loose) =>
      Object.assign(f.applicant, { idType: '护照', idNumber: number });
    expect(faults('MZ-01', passport('E12345678'))).to.deep.equal({
      '/form/applicant/birthDeclared': '请填写「出生日期（护照）」',
    });
    expect(faults('MZ-01', passport('护照一号'))['/form/applicant/idNumber']).to.contain('护照号应为');
    const card = (f: Loose) => (f.applicant.idNumber = 'E12345678');
    expect(faults('MZ-01', card)['/form/applicant/idNumber']).to.contain('18 位');
  });

  it('C-APP: without a mobile phone somebody else must be reachable', () => {
    expect(faults('MZ-01', (f) => (f.applicant.hasPhone = '没有'))).to.have.all.keys(
      '/form/applicant/contactName',
      '/form/applicant/contactRelation',
      '/form/applicant/contactPhone',
    );
    expect(faults('MZ-01', (f) => (f.applicant.phone = '0876-6121234'))['/form/applicant/phone']).to.contain(
      '11 位',
    );
  });

  it('C-AGT: each way of acting for somebody asks for its own proof', () => {
    expect(faults('MZ-01', (f) => (f.agent = { kind: '委托代理人' }))).to.deep.equal({
      '/form/agent/name': '请填写「代办人姓名」',
      '/form/agent/idNumber': '请填写「代办人身份证号」',
      '/form/agent/relation': '请填写「代办人与申请人的关系」',
    });
    expect(faults('MZ-01', (f) => (f.agent = { kind: '村代办员代办', name: '陆村办' }))).to.deep.equal({
      '/form/agent/clerkNumber': '请填写「代办员工号」',
    });
  });

  it('C-SIGN: consent is given by the person, never assumed (个保法29)', () => {
    const at = '/form/signature/sensitiveConsent';
    expect(faults('MZ-01', (f) => delete f.signature.sensitiveConsent)[at]).to.contain('由申请人本人勾选');
    expect(faults('MZ-01', (f) => (f.signature.sensitiveConsent = false))[at]).to.contain('由申请人本人勾选');
  });

  it('C-ACC: card numbers by Luhn', () => {
    const told = (number: string) =>
      faults('MZ-01', (f) => (f.account.number = number))['/form/account/number'];
    expect(told('6217003860000000017')).to.contain('校验位不符');
    expect(told('6217')).to.contain('16 到 19 位');
    expect(told('6228480590000000125')).to.equal(undefined);
  });

  it('C-ORG: credit codes, with the remainder nought', () => {
    const told = (uscc: string) =>
      faults('NY-04', (f) => (f.organisation.uscc = uscc))['/form/organisation/uscc'];
    expect(told('93532628MA6N000030')).to.equal(undefined);
    expect(told('93532628MA6N000031')).to.contain('校验位不符');
  });

  it('tells every fault at once, one for each place, and what the author said about it', () => {
    const told = faults('NY-04', (f) => {
      f.premises.shopGps = '105.6,23.6';
      f.premises.shopArea = '很大';
      f.staff = [];
      f.business.scope = ['毒鼠强'];
      f.nonsense = 1;
      delete f.policies;
    });
    expect(told).to.deep.equal({
      '/form/premises/shopGps': '坐标应写成“经度,纬度”，各 6 位小数，如 105.631200,23.625300',
      '/form/premises/shopArea': '营业场所面积应为 0 到 99999.99 的数，最多两位小数',
      '/form/staff': '「经营人员」至少要有 1 项',
      '/form/business/scope/0': '「经营范围」请从列出的选项中选择',
      '/form/nonsense': '表单中没有这一项',
      '/form/policies': '请选择「已建立的管理制度」',
    });
  });

  it('money keeps its cents: 1234.56 is a multiple of 0.01', () => {
    const earning = (amount: number) => faults('MZ-01', (f) => (f.incomes[0].amount = amount));
    expect(earning(1234.56)).to.deep.equal({});
    expect(earning(0.07)).to.deep.equal({});
    expect(earning(1234.567)['/form/incomes/0/amount']).to.contain('两位小数');
  });

  it('a shown condition asks for its field', () => {
    expect(faults('MZ-01', (f) => (f.kin.has = '有'))).to.deep.equal({
      '/form/kin/explanation': '请填写「关系说明」',
    });
    expect(faults('NY-04', (f) => delete f.staff[0].hours)).to.deep.equal({
      '/form/staff/0/hours': '请填写「培训学时」',
    });
    expect(faults('ZR-02', (f) => (f.property.overArea = '是'))).to.deep.equal({
      '/form/property/overAreaSize': '请填写「超过的面积」',
    });
    expect(
      faults('ZR-02', (f) => (f.property.unitNumber = '532628'))['/form/property/unitNumber'],
    ).to.contain('28 位');
  });

  it('never repeats what was typed', () => {
    const told = faults('MZ-01', (f) => {
      f.applicant.idNumber = 'SECRET-NUMBER';
      f.account.number = 'SECRET-NUMBER';
      f.applicant.phone = 'SECRET-NUMBER';
    });
    expect(Object.keys(told)).to.have.length(3);
    expect(JSON.stringify(told)).to.not.contain('SECRET');
  });
});

describe('formats', () => {
  const faultsOf = (format: string, value: string, today = TODAY) =>
    checkAgainst({ type: 'string', format, title: '它' }, value, { today }).map((f) => f.message);

  it('date and month are real ones', () => {
    expect(faultsOf('date', '2026-02-30')).to.have.length(1);
    expect(faultsOf('date', '2028-02-29')).to.have.length(0);
    expect(faultsOf('month', '2026-13')).to.deep.equal(['「它」应为年和月，如 2026-09']);
    expect(faultsOf('month', '2026-12')).to.have.length(0);
  });

  it('an identity number born tomorrow is told as such, and sound the day after', () => {
    expect(faultsOf('cn-id', '532628202503089976', '2025-03-07')[0]).to.contain('晚于今天');
    expect(faultsOf('cn-id', '532628202503089976', '2025-03-08')).to.deep.equal([]);
  });

  it('telephones: mobile or landline', () => {
    expect(faultsOf('cn-phone', '13800000001')).to.deep.equal([]);
    expect(faultsOf('cn-phone', '0876-6121234')).to.deep.equal([]);
    expect(faultsOf('cn-phone', '12800000001')).to.have.length(1);
  });

  it('places are on the globe, longitude first', () => {
    expect(faultsOf('gps', '106.108300,23.862500')).to.deep.equal([]);
    expect(faultsOf('gps', '23.862500,106.108300')).to.have.length(1);
    expect(faultsOf('gps', '181.000000,23.862500')).to.have.length(1);
  });
});
