import { foldHeader } from './headerWords';
import type { RawMeaning } from './rawPlan';
import { readStatusText } from './readStatusText';

/** The signs and codes that a plan's own key explains, with what it says of each: `►` is "in progress", `NS` "not started". */
export type StatusKeys = ReadonlyMap<string, string>;

/** A code of a key is a letter or two, or a sign. */
const LONGEST_SIGN = 4;
const SIGN = /[^\p{L}\p{N}\p{P}\s=+<>|]/u;
const CODED = /^([A-Z]{1,3}|[^\p{L}\p{N}\p{P}\s=+<>|])\s*(?:[=:–-]\s*)?(\p{L}{2}[\s\S]*)$/u;
const BEGINS = /^(?:b?rag\s+|status\s+|symbol\s+)?(?:key|legend)\b[\s:–-]*/i;

/** Reads a key that stands in one line: "Key: ✓ complete ► in progress", "Key: C = complete; NS = not started". Empty for any other line. */
export function readKeyLine(line: string): RawMeaning[] {
  const rest = line.replace(BEGINS, '');
  if (rest === line || rest === '') return [];
  const parts = rest.split(/[;,|\n]|(?=[^\p{L}\p{N}\p{P}\s=+<>|])/u).map((part) => part.trim());
  return parts.flatMap((part) => {
    const [, status, meaning] = CODED.exec(part) ?? [];
    const isTold =
      status !== undefined && meaning !== undefined && (SIGN.test(status) || /[=:–-]/.test(part));
    return isTold ? [{ status, meaning }] : [];
  });
}

/** Of all that keys say, the signs and codes that tell nothing without them. */
export function keysOf(meanings: readonly RawMeaning[]): StatusKeys {
  return new Map(
    meanings.flatMap(({ status, meaning }): [string, string][] => {
      const isSign = status.length <= LONGEST_SIGN && readStatusText(status).how !== 'plain';
      return isSign && readStatusText(meaning).key !== null ? [[signOf(status), meaning]] : [];
    }),
  );
}

/** What a key says of a status cell; null where it says nothing, or the cell needs no key. */
export function saidByKey(text: string, keys: StatusKeys): string | null {
  return text.length <= LONGEST_SIGN ? (keys.get(signOf(text)) ?? null) : null;
}

function signOf(text: string): string {
  return foldHeader(text) || text.trim();
}
