export { BringList } from './bring.tsx';
export { Front } from './front.tsx';
export { ItemGuideView } from './guide.tsx';
export { ItemList } from './list.tsx';
