/** The frame of every page: header, message, tour, what a visitor's browser remembers; and how pages answer. */
export {
  Drawing,
  HousePage,
  isRefusal,
  leaveFlash,
  type ShellDeps,
  seeOther,
  show,
  staffPage,
} from './shell.tsx';
export { tourStart } from './tour.ts';
export {
  deviceToken,
  kioskFrame,
  kioskOf,
  readingOf,
  rememberDevice,
  rememberKiosk,
  rememberReading,
} from './visitor.ts';
