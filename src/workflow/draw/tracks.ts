import type { Node } from './nodes.ts';
import type { Way } from './ways.ts';

interface Span {
  top: number;
  bottom: number;
}

/** A way leaves below its row, or beside it, and enters its target's row: in rows and parts of a row. */
const spanOf = ({ from, to }: Way): Span =>
  to.row > from.row
    ? { top: from.side ? from.row : from.row + 0.6, bottom: to.row + 0.3 }
    : { top: to.row + 0.3, bottom: from.row + 0.3 };

const apart = (a: Span, b: Span): boolean => a.bottom < b.top || b.bottom < a.top;

/**
 * Tracks of a gutter: all ways to one state share a track, and ways that pass each other lie on different ones,
 * the shorter the nearer.
 */
export function tracksOf(ways: Way[]): Map<Node, number> {
  const spans = new Map<Node, Span>();
  for (const way of ways) {
    const { top, bottom } = spanOf(way);
    const known = spans.get(way.to) ?? { top, bottom };
    spans.set(way.to, { top: Math.min(top, known.top), bottom: Math.max(bottom, known.bottom) });
  }
  const length = ({ top, bottom }: Span) => bottom - top;
  const placed: Span[][] = [];
  const tracks = new Map<Node, number>();
  for (const [node, span] of [...spans].sort(([, a], [, b]) => length(a) - length(b))) {
    const free = placed.findIndex((track) => track.every((other) => apart(span, other)));
    const at = free === -1 ? placed.push([]) - 1 : free;
    placed[at]?.push(span);
    tracks.set(node, at);
  }
  return tracks;
}
