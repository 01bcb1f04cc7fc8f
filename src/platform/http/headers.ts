import helmet from 'koa-helmet';
import type { HttpMiddleware } from './context.ts';

/**
 * Security headers. The content policy allows our own files only: no inline script or style, no eval.
 * No HSTS and no upgrade-insecure-requests: stations reach the service over plain http on the intranet;
 * a TLS proxy in front sets its own.
 */
export function securityHeaders(): HttpMiddleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'self'"],
      },
    },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** Pages speak of people, and station computers are shared: nothing is kept unless a route says so. */
export function privateByDefault(): HttpMiddleware {
  return async (ctx, next) => {
    await next();
    if (!ctx.res.hasHeader('Cache-Control')) ctx.set('Cache-Control', 'no-store');
  };
}
