/** Claims 待遇: who may have what, from when and until when. */
export { followStanding } from './follow.ts';
