import type { Instant } from '../../kernel/types.ts';

/** A printed text in the order it is read. Lengths are in points (1/72 inch). */
export type Block =
  | { kind: 'paragraph'; text: string; bold?: boolean; indent?: boolean }
  | { kind: 'fields'; rows: { label: string; value: string }[] }
  | { kind: 'table'; head: string[]; widths: number[]; rows: string[][] }
  | { kind: 'image'; label: string; bytes: Buffer }
  | { kind: 'lines'; items: string[] };

/** What stands at the foot of every official paper: organ, date, place of the seal, code. */
export interface SignatureBlock {
  organ: string;
  /** Date as printed, `2026年9月28日`. */
  date: string;
  /** Name of the seal that belongs here, e.g. `行政许可专用章`. */
  seal: string;
  /** Picture of the seal (PNG with a clear ground); without one a demonstration seal marks the place. */
  sealImage?: Buffer | undefined;
  /** Text in the QR code and the lines under it. */
  qr: { text: string; lines: string[] };
}

/** What both kinds of print have in common; `createdAt` fixes the bytes. */
export interface PrintMeta {
  title: string;
  /** Issuing organ. */
  author: string;
  /** What it is about, in words with blanks between; they are keywords too. */
  subject: string;
  /** 文号, or the number of a certificate. */
  number: string;
  createdAt: Instant;
}

/** An official paper laid out after GB/T 9704-2012. */
export interface PrintedPaper extends PrintMeta {
  /** Title lines: organ and name of the paper. */
  heading: string[];
  blocks: Block[];
  signature: SignatureBlock;
}

/** A certificate: one framed sheet. */
export interface PrintedCertificate extends PrintMeta {
  heading: string;
  rows: { label: string; value: string }[];
  note: string | null;
  signature: SignatureBlock;
}
