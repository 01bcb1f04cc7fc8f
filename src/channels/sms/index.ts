/** Short messages to citizens: written when something happened, kept in a queue for the sending channel. */
export { listMessages, type MessageOrder, type QueuedMessage, queueMessage } from './commands.ts';
