/** Cases in each interesting state, packages, and every group of pages there is to look at or to measure. */
import { act, caseOf, exampleOf, filePackage, openPackage, packageOf } from '../station/packages/family.ts';
import { collection, openCase, visit } from '../walk/case.ts';
import { exampleForm, type House } from './service.ts';
import { type Shot, stageTogether } from './stage.ts';
import { stageCash, stageCertificates } from './stage-counter.ts';
import { stageAdministration, stageDesks, stageErrors, stageFiling, stageHelp } from './stage-desks.ts';
import { stageMoney } from './stage-money.ts';
import { stageOffices } from './stage-offices.ts';
import { stagePublic } from './stage-public.ts';

/** Bring one case into each interesting state; returns the pages to look at. */
export async function stageCases(house: House): Promise<Shot[]> {
  await house.at('2026-11-30T09:00:00+08:00');
  const draft = await openCase(house, 'MZ-01');
  const corrected = await openCase(house, 'MZ-01', { form: exampleForm(house.service, 'MZ-01', 1) });
  await corrected.act('village', 'FILE');
  await corrected.act('town-window', 'REQUEST_CORRECTION', {
    faults: [
      { target: '/form/applicant/phone', reason: '号码打不通', example: '13800000000' },
      { target: '/materials/authorisation', reason: '缺一名成年家庭成员签名' },
    ],
  });
  const waiting = await openCase(house, 'MZ-01');
  await waiting.act('village', 'FILE');
  const posted = await openCase(house, 'ZR-02');
  await posted.act('village', 'FILE');
  await posted.act('town-window', 'ACCEPT');
  await posted.act('town-zr', 'RECORD_VISIT', visit('2026-11-30'));
  await posted.act('zr-officer', 'FORWARD', { opinion: '权属来源清楚' });
  await posted.act('zr-officer', 'POST');
  const licensed = await openCase(house, 'NY-04');
  await licensed.act('village', 'FILE');
  await licensed.act('county-window', 'ACCEPT');
  await licensed.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
  await licensed.act('ny-officer', 'RECORD_VISIT', visit('2026-11-30'));
  await licensed.act('ny-reviewer', 'FORWARD', { opinion: '同意' });
  await licensed.act('ny-leader', 'APPROVE', { opinion: '准予许可' });
  await licensed.act('county-window', 'ISSUE');
  const done = await openCase(house, 'WJ-01');
  await done.act('village', 'FILE');
  await done.act('town-wj', 'APPROVE', { opinion: '信息一致' });
  const { name, idNumber } = exampleForm(house.service, 'WJ-01').applicant as {
    name: string;
    idNumber: string;
  };
  await done.act('village', 'COLLECT', collection(name, idNumber));
  const [certificate] = await house.service.deps.db.read('certificates').where({ case_id: licensed.id });
  const [notice] = await house.service.deps.db.read('notices');
  return [
    { name: 'home', path: '/' },
    { name: 'sign-in', path: '/sign-in' },
    { name: 'items', path: '/items' },
    { name: 'guide', path: '/items/MZ-01', as: 'village' },
    { name: 'guide-licence', path: '/items/NY-04' },
    { name: 'progress', path: '/progress' },
    { name: 'notices', path: '/notices' },
    { name: 'notice', path: `/notices/${notice.id}` },
    { name: 'verify', path: '/verify' },
    { name: 'verify-valid', path: `/verify/${certificate.verify_code}` },
    { name: 'verify-unknown', path: '/verify/AAAA-AAAA-AAAA-AAAA' },
    { name: 'help', path: '/help' },
    { name: 'glossary', path: '/glossary' },
    { name: 'api-docs', path: '/api/docs' },
    { name: 'not-found', path: '/nothing' },
    { name: 'inbox-village', path: '/inbox', as: 'village' },
    { name: 'inbox-empty', path: '/inbox', as: 'village2' },
    { name: 'inbox', path: '/inbox', as: 'town-window' },
    { name: 'cases', path: '/cases', as: 'village' },
    { name: 'answers', path: '/answers', as: 'village' },
    { name: 'new-choice', path: '/cases/new?item=MZ-01', as: 'village' },
    { name: 'new-case', path: '/cases/new?item=MZ-01&situation=new', as: 'village' },
    { name: 'filing', path: `/cases/${draft.id}/edit`, as: 'village' },
    { name: 'correction', path: `/cases/${corrected.id}/edit`, as: 'village' },
    { name: 'case', path: `/cases/${waiting.id}`, as: 'town-window' },
    { name: 'case-notice', path: `/cases/${posted.id}`, as: 'zr-officer' },
    { name: 'case-done', path: `/cases/${done.id}`, as: 'village' },
    { name: 'case-foreign', path: `/cases/${done.id}`, as: 'village2' },
    { name: 'act-correction', path: `/cases/${waiting.id}/act/REQUEST_CORRECTION`, as: 'town-window' },
    { name: 'act-accept', path: `/cases/${waiting.id}/act/ACCEPT`, as: 'town-window' },
    { name: 'act-collect', path: `/cases/${licensed.id}/act/COLLECT`, as: 'village' },
    { name: 'account', path: '/account', as: 'village' },
    { name: 'rehearsal', path: '/rehearsal', as: 'village' },
  ];
}

/** Packages: a draft, one on its way, and one of which an item was withdrawn. */
async function stagePackages(house: House): Promise<Shot[]> {
  const clerk = await house.as('village');
  const form = async (code: string) => exampleOf(await packageOf(house.stranger(), code));
  const draft = await openPackage(clerk, { package: 'PK-01', form: await form('PK-01') });
  const running = await filePackage(clerk, { package: 'PK-01', form: await form('PK-01') });
  await act(house, 'town-window', caseOf(running, 'ZR-01').id, 'ACCEPT');
  const partly = await filePackage(clerk, { package: 'PK-06', form: await form('PK-06') });
  await act(house, 'village', caseOf(partly, 'JY-01').id, 'WITHDRAW', { reason: '孩子不在本县上学' });
  return [
    { name: 'packages', path: '/packages' },
    { name: 'package-guide', path: '/packages/PK-01' },
    { name: 'package-new', path: '/packages/PK-06/new', as: 'village' },
    { name: 'package-filing', path: `/package-cases/${draft.id}/edit`, as: 'village' },
    { name: 'package', path: `/package-cases/${running.id}`, as: 'village' },
    { name: 'package-partly', path: `/package-cases/${partly.id}`, as: 'town-window' },
    { name: 'package-list', path: '/package-cases', as: 'village' },
  ];
}

/** Staging moves the clock: look at a group before the next is staged. */
export const GROUPS: readonly ((house: House) => Promise<Shot[]>)[] = [
  stagePublic,
  stageCash,
  stageCertificates,
  stageMoney,
  stageCases,
  stagePackages,
  stageFiling,
  stageDesks,
  stageAdministration,
  stageOffices,
  stageTogether,
  stageErrors,
  stageHelp,
];
