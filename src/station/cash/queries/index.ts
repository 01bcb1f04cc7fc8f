/** Everything that is asked of cash. */
export * from './bags.ts';
export * from './box.ts';
export * from './days.ts';
export * from './hand-outs.ts';
export * from './returns.ts';
export { villageFor } from './scope.ts';
