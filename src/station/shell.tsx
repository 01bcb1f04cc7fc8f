/** The frame of the station's pages. */
export {
  Drawing,
  HousePage as StationPage,
  isRefusal,
  leaveFlash,
  type ShellDeps,
  seeOther,
  show,
  staffPage,
} from '../people/frame/index.ts';
