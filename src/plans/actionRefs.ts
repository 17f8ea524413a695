/** What stands in a ref cell. */
export interface RefReading {
  /** The ref without what follows it: `3.1.1`. */
  readonly ref: string;
  /** What follows it in brackets, `[3.2-3.5]`; empty when nothing does. */
  readonly note: string;
}

const REF =
  /^(?:(?:action|ref|no|rec|item)\b\.?\s*)?#?\s*([A-Za-z]{0,8}[-. ]?\d{1,4}(?:\s?[.\-/]\s?(?:[A-Za-z]{0,3}\d{1,4}|[A-Za-z]{1,2}(?=[.\-/])))*(?:[.-]?\(?[A-Za-z]{1,3}\)?)?|[A-Z](?=[.\-/]\d)(?:[.\-/]\d{1,3})+[a-z]?|[A-Z]{1,2}|[a-z]|[ivx]{1,4})[.):]?$/;

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

/** Makes refs for rows that have none. It remembers how far it has counted: one is made for each plan. */
export class RefMaker {
  private readonly counted = new Map<string, number>();

  constructor(private readonly isTaken: (ref: string) => boolean) {}

  /** A ref after the row above it (`2.1.3a`), or counted within what it belongs to (`2.4`). Never one that is taken. */
  make(after: string | null, group: string): string {
    return (after === null ? null : this.lettered(after)) ?? this.numbered(group);
  }

  private lettered(after: string): string | null {
    if (!/\d$/.test(after)) return null;
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    return letters.map((letter) => `${after}${letter}`).find((ref) => !this.isTaken(ref)) ?? null;
  }

  private numbered(group: string): string {
    for (let count = (this.counted.get(group) ?? 0) + 1; ; count += 1) {
      const ref = group === '' ? String(count) : `${group}.${count}`;
      if (this.isTaken(ref)) continue;
      this.counted.set(group, count);
      return ref;
    }
  }
}
