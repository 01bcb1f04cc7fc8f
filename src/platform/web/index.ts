/**
 * Pages: the document around them, the parts they are made of, the form renderer, and the two assets.
 * Everything is a pure function from data to HTML; nothing here knows a noun.
 */
export {
  type Asset,
  ENCODINGS,
  findAsset,
  keptAssets,
  packAssets,
  type ScriptId,
  scripts,
  serviceWorker,
  squeezedScript,
  stylesheets,
} from './assets.ts';
export {
  Actions,
  Button,
  type ButtonKind,
  Kbd,
  LinkButton,
  Pager,
  type Tab,
  Tabs,
} from './components/actions.tsx';
export { Card, EmptyState, ErrorPage, ErrorSummary } from './components/blocks.tsx';
export {
  Checklist,
  type ChecklistItem,
  type Column,
  type Definition,
  DefinitionList,
  Numbered,
  RowLink,
  Table,
  Timeline,
  type TimelineEntry,
} from './components/data.tsx';
export {
  CheckField,
  CsrfField,
  FileField,
  type Option,
  optionsOf,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from './components/fields.tsx';
export { Progress, type Stat, StatTiles, type Step, Steps } from './components/figures.tsx';
export { type Filter, FilterForm } from './components/filter.tsx';
export { type Chip, Chips, Fold, type Pane, Person, SplitView, Toolbar } from './components/panes.tsx';
export { Badge, type BadgeTone, Light, type LightColour } from './components/status.tsx';
export { coloursOf, contrast, PAIRS, type Pair, type Theme } from './contrast.ts';
export * from './form/index.ts';
export type { PageUser } from './header.tsx';
export {
  type Crumb,
  type Density,
  Flash,
  type FlashMessage,
  Page,
  type PageProps,
} from './layout.tsx';
export { type NavId, SITE_PATHS } from './navigation.ts';
export { type Kiosk, PrintButton, type Reading } from './reading.tsx';
export { render } from './render.ts';
export { type StyleguideFrame, styleguidePage } from './styleguide/index.tsx';
