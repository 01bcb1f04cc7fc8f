/** The pages of the mailbox: without a script, on another device, at the desk; and sound in a browser. */
import { expect } from 'chai';
import type { BrowserContext } from 'playwright-core';
import { inputValue, open, sendPlain } from '../../station/pages/browser.ts';
import { browserOrSkip, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { expectSound } from '../../support/sound.ts';
import { list, TOWNSHIP } from './mail.ts';

describe('pages of the mailbox', () => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    opened = (await engines[0]?.open()) as Opened;
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });
  const codeOf = (html: string) => /\d{4} \d{4} \d{4} \d{4}/.exec(html)?.[0] ?? '';

  it('take a nameless letter from somebody signed in, and know nothing of him', async () => {
    const member = await house.as('member');
    const found = await open(member, `/branch/mailbox?q=${encodeURIComponent('剥隘镇')}`);
    expect(found.html).to.include(`/branch/mailbox?about=${TOWNSHIP}`).and.not.include('黄美玲');
    const page = await open(member, `/branch/mailbox?about=${TOWNSHIP}`);
    const form = [
      ['once', inputValue(page.html, 'once')],
      ['about', inputValue(page.html, 'about')],
      ['mode', 'anonymous'],
      ['title', '镇上的会议'],
    ] as const;
    const short = await sendPlain(member, '/branch/mailbox', [...form, ['text', '短']]);
    expect(short.status).to.equal(422);
    expect(short.html).to.include('镇上的会议');
    const sent = await sendPlain(member, '/branch/mailbox', [
      ...form,
      ['text', '会议开了没有记录，请核实。'],
    ]);
    expect(sent.status).to.equal(201);
    expect(sent.headers.get('cache-control')).to.include('no-store');
    const code = codeOf(sent.html);
    const other = house.stranger();
    const thread = await sendPlain(other, '/branch/mailbox/read', [['code', code]]);
    expect(thread.html).to.include('会议开了没有记录').and.include('中共富宁县委员会');
    const wrong = await sendPlain(other, '/branch/mailbox/read', [['code', '1111222233334444']]);
    expect(wrong.status).to.equal(404);
    const done = await sendPlain(other, '/branch/mailbox/acts', [
      ['code', code],
      ['event', 'CONSENT'],
    ]);
    expect(done.html).to.include('<dd>同意</dd>');
  });

  it('let the desk answer, and nobody else in', async () => {
    const tips = await house.as('party-tips');
    const [letter] = (await list(tips)).letters;
    const path = `/branch/letters/${letter?.id}`;
    for (const event of ['SCREEN', 'START', 'ANSWER']) {
      const page = await open(tips, path);
      const form = [
        ['_request', inputValue(page.html, '_request')],
        ['version', inputValue(page.html, 'version')],
        ['event', event],
      ] as const;
      if (event === 'ANSWER') {
        const empty = await sendPlain(tips, `${path}/acts`, form);
        expect(empty.status).to.equal(422);
        expect(empty.html).to.include('请写答复');
      }
      const answer = await sendPlain(tips, `${path}/acts`, [
        ...form,
        ...(event === 'ANSWER' ? [['text', '已经核实，会议记录已补齐。'] as const] : []),
      ]);
      expect([answer.status, answer.location], event).to.deep.equal([303, '/branch/letters']);
    }
    for (const [login, status] of [
      ['party-mail', 404],
      ['party-town', 404],
    ] as const)
      expect((await open(await house.as(login), path)).status, login).to.equal(status);
    expect((await open(await house.as('party-town'), '/branch/letters')).status).to.equal(403);
  });

  it('take a question, and let the desk triage and answer it', async () => {
    const asker = house.stranger();
    const page = await open(asker, '/branch/ask');
    const once = ['once', inputValue(page.html, 'once')] as const;
    const faulty = await sendPlain(asker, '/branch/ask', [once, ['text', '党费怎么交？']]);
    expect(faulty.status).to.equal(422);
    const sent = await sendPlain(asker, '/branch/ask', [once, ['text', '党费怎么交？'], ['to', 'P532628']]);
    expect(sent.status).to.equal(201);
    const desk = await house.as('party-mail');
    const id = /branch\/questions\/([0-9a-z]{26})/.exec((await open(desk, '/branch/questions')).html)?.[1];
    for (const more of [
      { event: 'TRIAGE', class: 'simple' },
      { event: 'ANSWER', answer: '每月交给支部。' },
    ]) {
      const { html } = await open(desk, `/branch/questions/${id}`);
      const form = Object.entries({ version: inputValue(html, 'version'), ...more });
      expect((await sendPlain(desk, `/branch/questions/${id}/acts`, form)).status, more.event).to.equal(303);
    }
    const read = await sendPlain(asker, '/branch/ask/read', [['code', codeOf(sent.html)]]);
    expect(read.html).to.include('每月交给支部。');
    const asked = [
      ['code', codeOf(sent.html)],
      ['text', '能不能一年一交？'],
    ] as const;
    expect((await sendPlain(asker, '/branch/ask/follow-up', asked)).html).to.include('待答复');
    expect((await open(await house.as('party-town'), '/branch/questions')).status).to.equal(403);
  });

  it('are sound in a browser', async function () {
    browserOrSkip(this, 'the pages of the mailbox');
    const context: BrowserContext = await openBrowser();
    try {
      const [letter] = (await list(await house.as('party-tips'))).letters;
      const pages = [
        ['', `/branch/mailbox?about=${TOWNSHIP}`, 'mailbox-form'],
        ['', '/branch/mailbox/read', 'mailbox-read'],
        ['', '/branch/mailbox/numbers', 'mailbox-numbers'],
        ['', '/branch/ask', 'ask'],
        ['', '/branch/ask/read', 'ask-read'],
        ['party-mail', '/branch/questions', 'questions'],
        ['party-tips', '/branch/letters', 'letters'],
        ['party-tips', `/branch/letters/${letter?.id}`, 'letter'],
      ] as const;
      for (const [login, path, name] of pages)
        await expectSound(await openAs(context, house, login, path), name);
    } finally {
      await context.close();
    }
  });
});
