/** 三权分立: three administrators, none of whom sees a case, and each of whom keeps to his own pages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../src/platform/paths.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { open } from '../pages/browser.ts';

const OWN: Record<string, string[]> = {
  sysadmin: ['/admin/orgs', '/admin/orgs/532628', '/admin/jobs', '/admin/backups', '/admin/holidays'],
  secadmin: ['/admin/accounts', '/admin/accounts/new', '/admin/accounts/table'],
  auditor: ['/admin/audit', '/admin/audit/export', '/admin/audit/check'],
};

onEachDatabase('three administrators', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let walk: Walker;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:00:00+08:00');
    walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  /** Every address of a case that the source names. */
  const casePages = (): string[] => {
    const files = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' });
    const texts = files
      .filter((f) => /\.tsx?$/.test(f))
      .map((f) => readFileSync(join(projectRoot, 'src', f), 'utf8'));
    const found = texts.flatMap((text) =>
      [...text.matchAll(/'((?:\/api)?\/cases\/:id[^']*)'/g)].map(([, p]) => p as string),
    );
    return [...new Set(found)].map((p) => p.replace(':id', walk.id).replace(/:[a-z]+/gi, '1'));
  };

  it('each opens his own pages and nobody else’s', async () => {
    for (const login of Object.keys(OWN)) {
      const client = await house.as(login);
      for (const [owner, paths] of Object.entries(OWN))
        for (const path of paths)
          expect((await open(client, path)).status, `${login} ${path}`).to.equal(owner === login ? 200 : 403);
    }
  });

  it('none of them sees a case, on any page of one', async () => {
    const pages = casePages();
    expect(pages.length).to.be.greaterThan(10);
    for (const login of Object.keys(OWN)) {
      const client = await house.as(login);
      for (const path of pages)
        expect((await open(client, path)).status, `${login} ${path}`).to.be.oneOf([403, 404, 405]);
      const lists = ['/inbox', '/cases', '/filing', '/certificates', '/payouts', '/desk', '/cash'];
      for (const path of lists) {
        const { status, html } = await open(client, path);
        expect(html, `${login} ${path}`).not.to.include(walk.id);
        expect(status, `${login} ${path}`).to.be.lessThan(500);
      }
    }
    expect((await open(await house.as('village'), `/cases/${walk.id}`)).status).to.equal(200);
  });
});
