import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { projectRoot } from '../paths.ts';

export interface Asset {
  /** Where the page asks for it. The hash changes with the content, so it may be cached for ever. */
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}
/** Read from the source tree, in development and in the built program alike. */
const FOLDER = join(projectRoot, 'src/platform/web/assets');
const SHEETS = join(FOLDER, 'css');
const JAVASCRIPT = 'text/javascript; charset=utf-8';

function asset(name: string, type: string, body: Buffer): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `/assets/${hash}/${name}`, type, body };
}

const scriptFile = (name: string): Asset => asset(name, JAVASCRIPT, readFileSync(join(FOLDER, name)));

/** Comments and the space between things are for us; the line carries neither. No text in the sheet has either. */
const squeezed = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1');

/** One sheet for every page, of the files under `css/` in the order of their numbers. */
export const stylesheet: Asset = asset(
  'app.css',
  'text/css; charset=utf-8',
  Buffer.from(
    squeezed(
      readdirSync(SHEETS)
        .sort()
        .map((name) => readFileSync(join(SHEETS, name), 'utf8'))
        .join(''),
    ),
  ),
);

/** The script of every page, and those of pages that do more; each page names what it needs beside `app`. */
export const scripts = {
  app: scriptFile('app.js'),
  keys: scriptFile('keys.js'),
  desk: scriptFile('desk.js'),
  filing: scriptFile('filing.js'),
  materials: scriptFile('materials.js'),
  reading: scriptFile('reading.js'),
  kiosk: scriptFile('kiosk.js'),
} satisfies Record<string, Asset>;
export type ScriptId = Exclude<keyof typeof scripts, 'app'>;

/** What the pages of filing are drawn with when the line is cut. */
export const keptAssets: readonly string[] = [stylesheet, scripts.app, scripts.keys, scripts.filing].map(
  (each) => each.path,
);

/** The worker that answers when the line is cut. Its address stays, so it is asked for anew each time. */
export const serviceWorker: Asset = {
  path: '/sw.js',
  type: JAVASCRIPT,
  body: Buffer.concat([
    Buffer.from(`const KEPT = ${JSON.stringify(keptAssets)};\n`),
    readFileSync(join(FOLDER, 'sw.js')),
  ]),
};

const ASSETS: readonly Asset[] = [stylesheet, ...Object.values(scripts)];

/** The asset a request path names; undefined for any other path, an old hash included. */
export function findAsset(path: string): Asset | undefined {
  return ASSETS.find((each) => each.path === path);
}

/** How an asset may be sent, the smallest first; `identity` is its plain body. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
type PackedAsset = Asset & { readonly as: Readonly<Record<(typeof ENCODINGS)[number], Buffer>> };

let packed: ReadonlyMap<string, PackedAsset> | undefined;

/** Every asset by its path, compressed as tightly as can be: once, when the service starts. */
export function packAssets(): ReadonlyMap<string, PackedAsset> {
  packed ??= new Map(ASSETS.map((each) => [each.path, { ...each, as: packedBodies(each.body) }]));
  return packed;
}

const packedBodies = (body: Buffer): PackedAsset['as'] => ({
  br: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  gzip: gzipSync(body, { level: 9 }),
  identity: body,
});
