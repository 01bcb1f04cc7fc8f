import type { JSX } from 'preact';
import QRCode from 'qrcode';

/** A QR code as one path: no style attributes, which the page's policy would refuse. */
export function Qr({ text, label }: { text: string; label: string }): JSX.Element {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const cells = [...Array(size * size).keys()].filter((i) => modules.data[i]);
  const path = cells.map((i) => `M${i % size} ${Math.floor(i / size)}h1v1h-1z`).join('');
  return (
    <svg class="qr" viewBox={`-2 -2 ${size + 4} ${size + 4}`} role="img" aria-label={label}>
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
