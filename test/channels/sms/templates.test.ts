/** Every message that an item can ask for has its template, and every template is fit to be sent. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { textOf } from '../../../src/channels/sms/rules.ts';
import { projectRoot } from '../../../src/platform/paths.ts';
import { templates as papers } from '../../../src/station/papers/templates.ts';
import { compile } from '../../../src/workflow/compile.ts';
import type { Named } from '../../../src/workflow/machine.ts';
import type { Definition } from '../../../src/workflow/types.ts';

const read = (...path: string[]) => JSON.parse(readFileSync(join(projectRoot, ...path), 'utf8'));
const { templates } = read('data', 'messages.json') as { templates: Record<string, string> };

const folders = readdirSync(join(projectRoot, 'workflows')).filter((name) => /^[A-Z]{2}$/.test(name));
const items = folders.flatMap((folder) =>
  readdirSync(join(projectRoot, 'workflows', folder)).map(
    (file) => read('workflows', folder, file) as Definition,
  ),
);

const some = (isMeant: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(templates).filter(([name]) => isMeant(name)));
const isOfBranches = (name: string) => /^(party|letter|question)-/.test(name);
const ofBranches = some(isOfBranches);
const ofStations = some((name) => !isOfBranches(name));

/** Every action anywhere in a compiled machine. */
function actionsIn(node: unknown): Named[] {
  if (Array.isArray(node)) return node.flatMap(actionsIn);
  if (node === null || typeof node !== 'object') return [];
  const own = 'type' in node && 'params' in node ? [node as Named] : [];
  return [...own, ...Object.values(node).flatMap(actionsIn)];
}

describe('short messages', () => {
  const named = items.map((item) => ({ code: item.code, actions: actionsIn(compile(item)) }));

  it('have a template for every message of every item, and papers one for every paper', () => {
    expect(items.length).to.be.greaterThan(0);
    for (const { code, actions } of named)
      for (const { type, params } of actions) {
        if (type === 'message') expect(templates, code).to.have.property(String(params?.template));
        if (type === 'paper') expect(papers, code).to.have.property(String(params?.paper));
      }
  });

  it('have a template for every message that a step kind can ask for', () => {
    const folder = join(projectRoot, 'src', 'workflow');
    const sources = [...readdirSync(join(folder, 'steps')).map((file) => join('steps', file)), 'compile.ts'];
    const asked = sources.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/message\('([\w-]+)'\)/g)].map(
        ([, name]) => name,
      ),
    );
    expect(Object.keys(templates)).to.include.members(asked as string[]);
    // Asked for by no item: of the package they belong to (src/effects.ts).
    const whole = ['package-done'];
    // Of a line of a run of payments (src/station/payouts, src/station/cash).
    const money = ['payout-paid', 'payout-refused', 'cash-ready', 'cash-paid'];
    // Of a certificate (src/station/certificates).
    const certificates = ['suspend', 'resume', 'revoke', 'withdraw', 'annul', 'renew'].map(
      (act) => `certificate-${act}`,
    );
    // Of the party branches (src/branch/members).
    const branch = Object.keys(ofBranches);
    expect(
      [...asked, ...whole, ...money, ...certificates, ...branch],
      'a template that nothing asks for',
    ).to.include.members(Object.keys(templates));
  });

  const words = {
    number: '532628103201-20260928-MZ03-000123',
    village: '剥隘村委会',
    step: '现场核查',
    about: '生存认证',
    answerBy: '2026年10月20日',
    amount: '1,200.00',
    batch: '2026年第三季度',
    arrivedOn: '2026年9月28日',
    decidedOn: '2026年9月28日',
    renewBy: '2026年12月31日',
    until: '2026年12月9日',
    period: '2026年10月',
    tail: '0016',
    reason: '账户已销户',
    result: '3 件办成，1 件没有办成',
  };

  it('begin with the signature, name what it is about, and stay within two parts (C.4)', () => {
    for (const [name, template] of Object.entries(ofStations)) {
      expect(template.startsWith('【富宁农民服务站】'), name).to.equal(true);
      expect(template, name)
        .to.include('「{{item}}」')
        .and.not.match(/idNumber|card|account/);
      for (const { title } of items)
        expect(textOf(template, { ...words, item: title }).length, `${name}: ${title}`).to.be.at.most(134);
    }
  });

  it('fit into one part for an item of an ordinary name, unless they carry the case number', () => {
    const item = '高龄津贴';
    for (const [name, template] of Object.entries(ofStations))
      if (!template.includes('{{number}}'))
        expect(
          textOf(template, { ...words, item }).length,
          `${name}: ${textOf(template, { ...words, item })}`,
        ).to.be.at.most(70);
  });

  it('of the party branches say who sends them, and nothing of a person', () => {
    expect(Object.keys(ofBranches)).to.include.members(['party-activation', 'party-transfer']);
    for (const [name, template] of Object.entries(ofBranches)) {
      expect(template.startsWith('【富宁党建】'), name).to.equal(true);
      expect(template, name).to.not.match(/name|idNumber|phone/);
      const longest = textOf(template, { code: '12345678', state: '待党委批准' });
      expect(longest.length, longest).to.be.at.most(134);
    }
  });

  it('never promise court or review to items that have neither', () => {
    for (const [name, template] of Object.entries(templates))
      expect(template, name).to.not.match(/行政复议|诉讼/);
  });
});
