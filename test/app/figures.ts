import type { FigureKey } from '../../src/domain/figures';
import type { Position } from '../../src/domain/position';

/** The counts of a position, every line there. */
export function figureCounts(position: Position): Record<FigureKey, number> {
  const counts = { red: 0, amber: 0, green: 0, blue: 0, grey: 0, none: 0 };
  for (const { key, count } of position.figures) counts[key] = count;
  return counts;
}
