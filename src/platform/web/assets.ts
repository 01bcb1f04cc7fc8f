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

/** Comments and indents are for us; the line carries neither. No text in a script runs over several lines. */
export const squeezedScript = (script: string): string =>
  script
    .replace(/^\s*\/\*[\s\S]*?\*\/$/gm, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/^\s+/gm, '');

const scriptFile = (name: string): Asset =>
  asset(name, JAVASCRIPT, Buffer.from(squeezedScript(readFileSync(join(FOLDER, name), 'utf8'))));

/** Comments and the space between things are for us; the line carries neither. No text in the sheet has either. */
const squeezed = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1');

/** The files of a folder in the order of their numbers, as one sheet. */
const sheetOf = (name: string, folder: string): Asset =>
  asset(
    name,
    'text/css; charset=utf-8',
    Buffer.from(
      squeezed(
        readdirSync(folder)
          .filter((file) => file.endsWith('.css'))
          .sort()
          .map((file) => readFileSync(join(folder, file), 'utf8'))
          .join(''),
      ),
    ),
  );

/** `app`: what every page is drawn with, and all that a page of filing needs. `pages`: what the others need besides. */
export const stylesheets = {
  app: sheetOf('app.css', SHEETS),
  pages: sheetOf('pages.css', join(SHEETS, 'pages')),
};

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
export const keptAssets: readonly string[] = [stylesheets.app, scripts.app, scripts.keys, scripts.filing].map(
  (each) => each.path,
);

/** The worker that answers when the line is cut. Its address stays, so it is asked for anew each time. */
export const serviceWorker: Asset = {
  path: '/sw.js',
  type: JAVASCRIPT,
  body: Buffer.concat([
    Buffer.from(`const KEPT = ${JSON.stringify(keptAssets)};\n`),
    Buffer.from(squeezedScript(readFileSync(join(FOLDER, 'sw.js'), 'utf8'))),
  ]),
};

const ASSETS: readonly Asset[] = [...Object.values(stylesheets), ...Object.values(scripts)];

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
