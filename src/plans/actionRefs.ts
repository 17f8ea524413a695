/** What stands in a ref cell. */
export interface RefReading {
  /** The ref without what follows it: `3.1.1`. */
  readonly ref: string;
  /** What follows it in brackets, `[3.2-3.5]`; empty when nothing does. */
  readonly note: string;
}

const REF =
  /^(?:(?:action|ref|no|rec|item)\b\.?\s*)?#?\s*([A-Za-z]{0,8}[-. ]?\d{1,4}(?:\s?[.\-/]\s?(?:[A-Za-z]{0,3}\d{1,3}|[A-Za-z]{1,2}(?=[.\-/])))*(?:[.-]?\(?[A-Za-z]{1,3}\)?)?|[A-Z](?=[.\-/]\d)(?:[.\-/]\d{1,3})+[a-z]?|[A-Z]{1,2}|[a-z]|[ivx]{1,4})[.):]?$/;

/** Reads a cell as a ref: `1.3.2`, `AIP4`, `2.3.a`, `3.1.1 [3.2-3.5]`; null for words, however short. */
export function readRef(text: string): RefReading | null {
  const line = text
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line === '' || line.length > 60) return null;
  const noted = /^([^[(]+?)\s*(\[.*|\(\s*(?:see|also|links?|was|previously|formerly|ref)\b.*)$/i.exec(line);
  const main = noted?.[1] ?? line;
  const match = REF.exec(main);
  if (match?.[1]) return { ref: match[1].replace(/\s*([.\-/])\s*/g, '$1').trim(), note: noted?.[2] ?? '' };
  // Several refs in a cell, or a form that is not known: kept whole, as long as it holds a figure and no sentence.
  const isList =
    main.length <= 30 &&
    main.split(/\s*(?:,|;|&|\/|\band\b|\s)\s*/i).every((part) => REF.test(part) && /\d/.test(part));
  return isList ? { ref: main, note: noted?.[2] ?? '' } : null;
}

/** Whether one cell names more than one ref: `1.1.1, 1.1.2`. */
export function holdsSeveralRefs(ref: string): boolean {
  return /[A-Za-z]*\d[\d.]*\s*(?:,|;|&|\band\b|\s)\s*[A-Za-z]*\d/i.test(ref);
}

/** The first step of a dotted ref, `10` of `10.1.4`, by which its group can be told; null when it has one step only. */
export function groupPartOf(ref: string): string | null {
  return /^([A-Za-z]*\d+|[A-Za-z]+)[.\-/]/.exec(ref)?.[1] ?? null;
}

/** A ref for a row that has none: after the row above it, or counted within its group. Never one that is taken. */
export function makeRef(after: string | null, group: string, isTaken: (ref: string) => boolean): string {
  const stem = after ?? group;
  if (after !== null && /\d$/.test(after)) {
    const lettered = [...'abcdefghijklmnopqrstuvwxyz']
      .map((letter) => `${stem}${letter}`)
      .find((ref) => !isTaken(ref));
    if (lettered) return lettered;
  }
  for (let count = 1; ; count += 1) {
    const ref = group === '' ? String(count) : `${group}.${count}`;
    if (!isTaken(ref)) return ref;
  }
}
