/** Short messages to citizens: written when something happened, kept in a queue for the sending channel. */
export { queueMessage, queueMessages } from './commands.ts';
