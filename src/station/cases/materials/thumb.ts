import { invalid } from '../../../errors.ts';
import { sniff } from '../../../platform/files/index.ts';
import type { CaseDeps } from '../deps.ts';

/** A picture of 240 pixels is far smaller. */
const MOST = 64 * 1024;

/** Keep the small picture of a page. @throws invalid when it is no small picture */
export async function keepThumb(deps: CaseDeps, bytes: Buffer, materialId: string): Promise<string> {
  const mime = await sniff(bytes);
  if (bytes.length > MOST || mime !== 'image/jpeg')
    throw invalid([{ pointer: `/materials/${materialId}`, message: '缩略图应为 64 KB 以内的 JPG' }]);
  return (await deps.files.put(bytes)).hash;
}
