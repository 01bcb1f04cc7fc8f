/** Pictures of the board's tables. Each says in words what it shows, and its table stands beside it. */
export { type ChartWidth, chartSize, drawChart } from './draw.ts';
export { CHARTS, type ChartId, chartText, hasPicture } from './specs.ts';
