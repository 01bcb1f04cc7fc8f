/** The charts of all modules, read and checked once. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/paths.ts';
import { type Chart, type RunningChart, runChart } from '../../workflow/chart.ts';

const FOLDER = join(projectRoot, 'workflows', 'branch');
let charts: ReadonlyMap<string, RunningChart> | undefined;

/** @throws Error naming the file and every fault of a chart that is not sound */
export function listCharts(): ReadonlyMap<string, RunningChart> {
  charts ??= new Map(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => {
        const chart = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Chart;
        if (`${chart.id}.json` !== file) throw new Error(`workflows/branch/${file} calls itself ${chart.id}`);
        return [chart.id, runChart(chart)];
      }),
  );
  return charts;
}

/** @throws Error for a module without a chart */
export function chartOf(module: string): RunningChart {
  const chart = listCharts().get(module);
  if (!chart) throw new Error(`no chart workflows/branch/${module}.json`);
  return chart;
}
