/** Help 帮助: how to do things here, what the office words mean, what an error code says. Public. */
export { mountHelpPages } from './pages.tsx';
