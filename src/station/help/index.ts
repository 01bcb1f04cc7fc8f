/** Help 帮助: how to do things here, what the office words mean, what an error code says; the first look round. Public. */
export { firstLook } from './commands.ts';
export { mountHelpPages } from './pages.tsx';
