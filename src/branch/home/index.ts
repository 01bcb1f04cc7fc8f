/** Where the branch wing begins: its rooms, for whoever has a post or a membership there. */
export { homePages } from './pages.tsx';
