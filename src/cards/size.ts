import type { AdaptiveCard } from './facts';

/** Most that a card may weigh as JSON, in bytes of UTF-8: a message of Teams bears 28 KB, the envelope included. */
export const CARD_LIMIT = 28_000;

/** What a value weighs as JSON, in bytes of UTF-8. */
export function weightOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8');
}

/** Whether a card can be sent. */
export function fits(card: AdaptiveCard): boolean {
  return weightOf(card) <= CARD_LIMIT;
}

/** One page of a longer list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The page itself, counted from 0: the nearest one where the wanted one does not exist. */
  readonly number: number;
  /** Place of its first item in the whole list, counted from 0. */
  readonly start: number;
  /** How many items the next page has; 0 on the last one. */
  readonly next: number;
  readonly total: number;
}

/** How much fits on a page. */
export interface PageRoom {
  readonly most: number;
  /** Bytes for all items of a page together. An item that is heavier has a page to itself. */
  readonly bytes: number;
}

/**
 * Cuts a list into pages by number and weight and gives the wanted one. The cuts depend on the items alone, so that
 * going from page to page shows each item exactly once.
 */
export function pageOf<T>(
  items: readonly T[],
  wanted: number,
  weigh: (item: T) => number,
  room: PageRoom,
): Page<T> {
  const starts = pageStarts(items, weigh, room);
  const number = Math.min(Math.max(0, Math.trunc(wanted)), starts.length - 1);
  const start = starts[number] ?? 0;
  const end = starts[number + 1] ?? items.length;
  const nextEnd = starts[number + 2] ?? items.length;
  return { items: items.slice(start, end), number, start, next: nextEnd - end, total: items.length };
}

/** All pages of a list, in order. */
export function pagesIn<T>(
  items: readonly T[],
  weigh: (item: T) => number,
  room: PageRoom,
): readonly Page<T>[] {
  return pageStarts(items, weigh, room).map((_start, number) => pageOf(items, number, weigh, room));
}

function pageStarts<T>(items: readonly T[], weigh: (item: T) => number, room: PageRoom): number[] {
  const starts = [0];
  let count = 0;
  let bytes = 0;
  for (const [at, item] of items.entries()) {
    const weight = weigh(item);
    if (count > 0 && (count === room.most || bytes + weight > room.bytes)) {
      starts.push(at);
      count = 0;
      bytes = 0;
    }
    count += 1;
    bytes += weight;
  }
  return starts;
}
