import { keepBack } from '../domain/keptBack';
import type { IsoDate } from '../domain/period';
import { mapInSlices } from './inSlices';

/**
 * As {@link keepBack}, in slices: looking through all texts of a large plan takes far longer than anybody's turn may wait. What a list or a map
 * holds is the very same object where nothing was found.
 */
export async function keepBackInSlices<Facts extends object>(
  facts: Facts,
  today: IsoDate,
  instead: string,
): Promise<Facts> {
  const kept: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(facts)) {
    const look = (one: unknown): unknown => keepBack({ [name]: one }, today, instead)[name];
    if (Array.isArray(part)) kept[name] = await mapInSlices(part, look);
    else if (part instanceof Map)
      kept[name] = new Map(await mapInSlices(part, ([key, one]) => [key, look(one)] as const));
    else if (isPlainObject(part)) kept[name] = await keepBackInSlices(part, today, instead);
    else kept[name] = look(part);
  }
  return kept as Facts;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
