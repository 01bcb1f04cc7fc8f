import { expect } from 'chai';
import { clock } from '../../src/cli/clock.ts';

interface Answer {
  due: string;
  skipped: { date: string; reason: string }[];
  suspensions: unknown[];
}

async function run(line: string): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const argv = line.split(' ').filter((word) => word !== '');
  const code = await clock(
    argv,
    (s) => out.push(s),
    (s) => err.push(s),
  );
  return { code, out, err };
}

async function answerOf(line: string): Promise<Answer> {
  const { code, out, err } = await run(line);
  expect({ code, err, objects: out.length }).to.deep.equal({ code: 0, err: [], objects: 1 });
  return JSON.parse(out.join('')) as Answer;
}

async function faultOf(line: string): Promise<string> {
  const { code, out, err } = await run(line);
  expect({ code, out, lines: err.join('\n').split('\n').length }).to.deep.equal({
    code: 2,
    out: [],
    lines: 1,
  });
  return err.join('');
}

describe('cunban clock', () => {
  it('answers with one JSON object that explains every day that did not count', async () => {
    const { out } = await run('--from 2026-09-28 --days 3 --suspend 2026-09-29..2026-09-30');
    expect(out.join('')).to.match(/^\{\n {2}"from"/);
    expect(JSON.parse(out.join(''))).to.deep.equal({
      from: '2026-09-28',
      days: 3,
      unit: 'workday',
      due: '2026-10-09',
      provisional: false,
      counted: 3,
      extended: 0,
      suspensions: [{ from: '2026-09-29', to: '2026-09-30', leftOut: 1 }],
      skipped: [
        { date: '2026-09-30', reason: '暂停' },
        ...['01', '02', '03', '04', '05', '06', '07'].map((d) => ({
          date: `2026-10-${d}`,
          reason: '国庆节',
        })),
      ],
      overlay: null,
      coveredUntil: '2026-12-31',
    });
  });

  it('takes the union of overlapping suspensions, in any order', async () => {
    const answer = await answerOf(
      '--from 2026-11-02 --days 5 --suspend 2026-11-04..2026-11-06 --suspend 2026-11-03..2026-11-05',
    );
    expect(answer.due).to.equal('2026-11-12');
    expect(answer.skipped.filter((s) => s.reason === '暂停').map((s) => s.date)).to.deep.equal([
      '2026-11-04',
      '2026-11-05',
      '2026-11-06',
    ]);
  });

  it('extends, marks the presumed year, and lays the local holiday over', async () => {
    expect(await answerOf('--from 2026-09-28 --days 20 --extend 10')).to.include({
      due: '2026-11-13',
      counted: 30,
      extended: 10,
    });
    expect(await answerOf('--from 2026-12-28 --days 5')).to.include({ due: '2027-01-05', provisional: true });
    const local = await answerOf('--from 2026-03-30 --days 3 --overlay 532600');
    expect(local).to.include({ due: '2026-04-07', provisional: true, overlay: '532600' });
    expect(local.skipped[0]).to.deep.equal({ date: '2026-04-01', reason: '文山州自治州纪念日' });
  });

  it('shows the days of rest a natural-day term rolled over, not those it counted', async () => {
    const answer = await answerOf('--from 2026-09-21 --days 6 --unit natural');
    expect(answer).to.include({ due: '2026-09-28', unit: 'natural' });
    expect(answer.skipped).to.deep.equal([{ date: '2026-09-27', reason: '中秋节' }]);
  });

  it('a suspension outside the term leaves nothing out', async () => {
    const answer = await answerOf(
      '--from 2026-11-02 --days 5 --suspend 2026-10-01..2026-10-20 --suspend 2026-12-01..2026-12-09',
    );
    expect(answer.due).to.equal('2026-11-09');
    expect(answer.suspensions).to.deep.equal([
      { from: '2026-10-01', to: '2026-10-20', leftOut: 0 },
      { from: '2026-12-01', to: '2026-12-09', leftOut: 0 },
    ]);
  });

  it('names every bad option in one line and ends with code 2', async () => {
    const fault = await faultOf(
      '--from 2026-02-30 --days 0 --unit week --suspend 2026-01-02..2026-01-01 --extend 1.5 --overlay 999999 --colour red',
    );
    for (const name of [
      '--from',
      '--days',
      '--unit',
      '--suspend',
      '--extend',
      '--overlay',
      '--colour',
      '"red"',
    ]) {
      expect(fault).to.contain(name);
    }
  });

  it('refuses each on its own', async () => {
    const good = '--from 2026-11-02 --days 5';
    expect(await faultOf(''))
      .to.contain('--from')
      .and.contain('--days');
    expect(await faultOf('--from --days 5')).to.contain('--from needs a value');
    for (const days of ['-3', '1e3', '0x10', '5.0', '99999999', 'five']) {
      expect(await faultOf(`--from 2026-11-02 --days ${days}`), days).to.contain(`"${days}"`);
    }
    expect(await faultOf(`${good} --suspend 2026-11-03`)).to.contain('--suspend');
    expect(await faultOf(`${good} --suspend 2026-11-03..2026-11-31`)).to.contain('--suspend');
    expect(await faultOf(`${good} --overlay ../532600`)).to.contain('--overlay');
    expect(await faultOf(`${good} --from 2026-11-03`)).to.contain('2 times');
    expect(await faultOf(`${good} -x`)).to.contain('-x');
    expect(await faultOf('--from 9999-12-30 --days 100')).to.contain('9999');
  });
});
