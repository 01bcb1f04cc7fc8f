import type { HttpMiddleware } from './context.ts';

declare module 'koa' {
  interface DefaultState {
    /** Nothing may tell that this request was made, or by whom: no line in the log, no session looked up. */
    untraced?: boolean;
  }
}

/**
 * The rooms of the house in which nobody is known: whatever lies beneath these addresses leaves no line in the access
 * log, and a session that the browser sends along is not looked at. Stands before the access log and the sessions.
 */
export function untraced(rooms: readonly string[]): HttpMiddleware {
  return (ctx, next) => {
    if (rooms.some((room) => ctx.path === room || ctx.path.startsWith(`${room}/`))) ctx.state.untraced = true;
    return next();
  };
}
