export { dropBlankRows } from './blank.ts';
export { pruneHidden } from './conditions.ts';
export type { FormInput } from './context.ts';
export { type ParsedForm, parseForm, type RowAction } from './parse.ts';
export { fieldId } from './pointer.ts';
export { renderForm } from './render.tsx';
export type { FormSchema, SectionHint, ShowCondition } from './schema.ts';
export { type FormPlace, leafText, listPlaces, placeLabel } from './text.ts';
export { renderPrint, renderView, type ViewInput } from './view.tsx';
