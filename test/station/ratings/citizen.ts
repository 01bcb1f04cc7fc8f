/** Citizens whose cases are over, and what they say of them, over HTTP. */
import type { House } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';

export const LAST_FOUR = '9945';

export function citizens(house: () => House) {
  /** A case that was refused: it is over. */
  async function over(login = 'village'): Promise<Walker & { number: string }> {
    const walk = await openCase(house(), 'NY-04', { login });
    await walk.act(login, 'FILE');
    await walk.act('county-window', 'REFUSE', {
      branch: '依法不需要办理',
      reasons: [{ reason: '不需要许可', basis: '行政许可法第三十二条' }],
    });
    return Object.assign(walk, { number: walk.view.number as string });
  }
  const rate = (number: string, level: number, comment?: string, lastFour = LAST_FOUR) =>
    house()
      .stranger()
      .post<{ code?: string }>('/api/ratings', {
        number,
        lastFour,
        level,
        ...(comment && { comment }),
      });
  return { over, rate };
}
