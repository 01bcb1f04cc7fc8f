/**
 * What printing costs: processor time of one page, warm, beside a bare loop measured in the same run, and memory
 * over many papers. A measurement to be read, never a test. `npm run bench -- [papers]`
 */
import { transact } from '../../src/platform/db/index.ts';
import { type PrintedPaper, renderPaperPdf } from '../../src/platform/pdf/index.ts';
import { paperContent } from '../../src/station/codes.ts';
import type { CaseFacts } from '../../src/station/facts.ts';
import { type PaperDeps, preparePaper } from '../../src/station/papers/index.ts';
import type { PaperKind } from '../../src/workflow/types.ts';
import { FACTS_FOR } from '../station/papers/sample-facts.ts';
import { engines } from '../support/databases.ts';
import { openHouse } from '../support/service.ts';
import { openCase } from '../walk/case.ts';

const KINDS: PaperKind[] = ['acceptance', 'rejection'];
/** Processor time of a page that the station's old computers can bear. */
const LIMIT_MS = 15;
const PAPERS = Number(process.argv[2] ?? 10_000);
const WARM = 200;
const EVERY = 1_000;

interface Work {
  name: string;
  run(): Promise<unknown>;
}

/** Processor time of one run, in milliseconds. */
async function cost(work: Work): Promise<number> {
  const before = process.cpuUsage();
  await work.run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const bareLoop: Work = {
  name: 'bare loop of 200,000 steps',
  async run() {
    let sum = 0;
    for (let i = 0; i < 200_000; i += 1) sum = (sum + i * i) % 1_000_003;
    return sum;
  },
};

const at = (sorted: number[], share: number): number =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/** Resident and heap memory after the garbage was collected. */
function memory(): NodeJS.MemoryUsage {
  if (!globalThis.gc) throw new Error('run by `npm run bench`: it needs --expose-gc');
  globalThis.gc();
  return process.memoryUsage();
}

/** What is measured: each paper as it is laid out, and as the house issues it: with a signed code, signed by its organ. */
async function worksOf(deps: PaperDeps, caseId: string): Promise<Work[]> {
  const works: Work[] = [];
  for (const [i, kind] of KINDS.entries()) {
    const facts = { ...FACTS_FOR[kind], caseId, event: { ...FACTS_FOR[kind].event, seq: 100 + i } };
    const paper = await transact(deps.db, (trx) => preparePaper(trx, deps, facts, kind));
    const row = await deps.db.read('papers').where({ id: paper.id }).first();
    const print: PrintedPaper = JSON.parse(deps.vault.open(row.print_sealed));
    const content = paperContent(JSON.parse(deps.vault.open(row.verdict_sealed)));
    works.push({ name: kind, run: () => renderPaperPdf(print) });
    works.push({ name: `${kind}, signed`, run: () => issue(deps, facts, print, paper.verifyCode, content) });
  }
  return works;
}

async function issue(
  { signing, publicUrl }: PaperDeps,
  { issuingOrg }: CaseFacts,
  print: PrintedPaper,
  code: string,
  content: ReturnType<typeof paperContent>,
): Promise<Buffer> {
  const { signature } = print;
  const text = await signing.codeText(publicUrl, code, content);
  const pdf = await renderPaperPdf({ ...print, signature: { ...signature, qr: { ...signature.qr, text } } });
  return signing.sign(pdf, {
    organId: issuingOrg.id,
    organName: issuingOrg.name,
    reason: `制发${print.title}`,
    at: print.createdAt,
  });
}

async function measure(works: Work[]): Promise<void> {
  const all = [bareLoop, ...works];
  const times = new Map<Work, number[]>(all.map((work) => [work, []]));
  for (let i = 0; i < WARM; i += 1) for (const work of all) await cost(work);
  const rows: Record<string, string>[] = [];
  const sample = (papers: number): void => {
    const { rss, heapUsed, arrayBuffers } = memory();
    rows.push({
      papers: String(papers),
      'RSS MiB': megabytes(rss),
      'heap MiB': megabytes(heapUsed),
      'buffers MiB': megabytes(arrayBuffers),
    });
  };
  sample(0);
  for (let papers = 1; papers <= PAPERS; papers += 1) {
    const work = works[papers % works.length] as Work;
    times.get(work)?.push(await cost(work));
    times.get(bareLoop)?.push(await cost(bareLoop));
    if (papers % EVERY === 0) sample(papers);
  }
  report(times);
  console.table(rows);
}

function report(times: Map<Work, number[]>): void {
  const sorted = new Map([...times].map(([work, list]) => [work, list.sort((a, b) => a - b)]));
  const bare = at(sorted.get(bareLoop) ?? [], 0.5);
  console.table(
    [...sorted].map(([work, list]) => ({
      'one page, warm': work.name,
      runs: list.length,
      'median CPU ms': at(list, 0.5).toFixed(2),
      'p95 CPU ms': at(list, 0.95).toFixed(2),
      '× bare loop': (at(list, 0.5) / bare).toFixed(2),
      [`under ${LIMIT_MS} ms`]: work === bareLoop ? '' : at(list, 0.5) < LIMIT_MS ? 'yes' : 'NO',
    })),
  );
}

const [engine] = engines;
if (!engine) throw new Error('no database');
const opened = await engine.open();
const house = await openHouse(opened);
await house.at('2026-11-30T09:00:00+08:00');
const deps: PaperDeps = { ...house.service.deps, publicUrl: 'https://cunban.example' };
await measure(await worksOf(deps, (await openCase(house, 'WJ-01')).id));
await house.close();
await opened.drop();
