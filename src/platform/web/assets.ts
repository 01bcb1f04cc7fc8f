import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths.ts';

export interface Asset {
  /** Where the page asks for it. The hash changes with the content, so it may be cached for ever. */
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

/** The style sheet and the script are read from the source tree, in development and in the built program alike. */
const FOLDER = join(projectRoot, 'src/platform/web/assets');

function loadAsset(name: string, type: string): Asset {
  const body = readFileSync(join(FOLDER, name));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `/assets/${hash}/${name}`, type, body };
}

export const stylesheet: Asset = loadAsset('app.css', 'text/css; charset=utf-8');
export const script: Asset = loadAsset('app.js', 'text/javascript; charset=utf-8');

/** The asset a request path names; undefined for any other path, an old hash included. */
export function findAsset(path: string): Asset | undefined {
  return [stylesheet, script].find((asset) => asset.path === path);
}
