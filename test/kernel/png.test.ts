import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { isPngUrl } from '../../src/kernel/png.ts';
import { PNG, SIGNATURE } from '../support/service.ts';

const url = (bytes: Uint8Array): string => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;

describe('a picture drawn by hand', () => {
  it('is taken when it is whole', () => {
    expect(isPngUrl(SIGNATURE)).to.equal(true);
  });

  it('is refused when any part of it is missing', () => {
    for (let length = 0; length < PNG.length; length++)
      expect(isPngUrl(url(PNG.subarray(0, length))), `${length} bytes`).to.equal(false);
  });

  it('is refused when any bit of it is another, or something follows', () => {
    for (let i = 0; i < PNG.length; i++) {
      const damaged = Buffer.from(PNG);
      damaged[i] = (damaged[i] as number) ^ 1;
      expect(isPngUrl(url(damaged)), `byte ${i}`).to.equal(false);
    }
    expect(isPngUrl(url(Buffer.concat([PNG, Buffer.from([0])])))).to.equal(false);
  });

  it('is refused when it is another kind of file', () => {
    expect(isPngUrl('')).to.equal(false);
    expect(isPngUrl(SIGNATURE.replace('image/png', 'image/jpeg'))).to.equal(false);
    expect(isPngUrl(url(deflateSync(Buffer.alloc(100))))).to.equal(false);
  });
});
