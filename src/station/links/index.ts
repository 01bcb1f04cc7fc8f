/** Links 联动: what one granted case does to others of the same person. */
export { type Cases, type LinkView, listLinks, reach } from './commands.ts';
