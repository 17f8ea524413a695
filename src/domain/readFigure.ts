import type { ReadingKind, UnderstoodTarget } from './understood';

/** A cell that should hold one figure. */
export interface Figure {
  /** The figure without its unit; null unless `kind` is `number`. */
  readonly value: number | null;
  readonly kind: ReadingKind;
}

const NOT_APPLICABLE = /^(?:n\.?\s?\/?\s?a\.?|not applicable)$/i;
const TO_COME =
  /^(?:t\.?b\.?[cda]\.?|to be (?:confirmed|decided|determined|agreed)|awaited|awaiting(?: data)?|pending|(?:data )?not (?:yet )?(?:available|known|due)|no data(?: yet)?|to follow|due [\w ]{3,20})$/i;
const NUMBER = /-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?/g;

/**
 * Reads a reading or a target: `10.2 %`, `1,234`, `>6`, `£12k` hold one figure; NA, TBC, a blank, a dash and 0 are five different
 * things, and words are a sixth. A text of several figures has none that could be taken.
 */
export function readFigure(text: string): Figure {
  const plain = text.normalize('NFKC').replace(/[−–—]/g, '-').replace(/\s+/g, ' ').trim();
  if (plain === '') return { value: null, kind: 'blank' };
  if (/^-+$/.test(plain)) return { value: null, kind: 'dash' };
  if (NOT_APPLICABLE.test(plain)) return { value: null, kind: 'na' };
  if (TO_COME.test(plain)) return { value: null, kind: 'tbc' };
  const figures = plain.replace(/\([^)]*\)/g, ' ').match(NUMBER) ?? [];
  const [figure] = figures;
  const words =
    plain
      .replace(/\([^)]*\)/g, ' ')
      .replace(NUMBER, ' ')
      .match(/\p{L}{3,}/gu) ?? [];
  if (figure === undefined || figures.length > 1 || words.length > 6) return { value: null, kind: 'words' };
  return { value: Number(figure.replaceAll(',', '')), kind: 'number' };
}

/** Reads a target with what it wants: `75%`, `>6`, `Higher`, `Lower`, `N/A`. null for a blank cell. */
export function readTargetFigure(text: string): UnderstoodTarget | null {
  if (text.trim() === '') return null;
  const { value, kind } = readFigure(text);
  return { text, value, kind, wants: wantsOf(text, kind) };
}

function wantsOf(text: string, kind: ReadingKind): UnderstoodTarget['wants'] {
  if (kind === 'na' || kind === 'tbc' || kind === 'dash') return null;
  if (kind === 'number') {
    if (
      /[>≥]|\bat least\b|\bminimum\b|\bor (?:more|above|higher|better)\b|\bmore than\b|\bover\b|\+\s*$/i.test(
        text,
      )
    )
      return 'at least';
    if (
      /[<≤]|\bat most\b|\bmaximum\b|\bor (?:less|below|lower|fewer)\b|\b(?:less|fewer) than\b|\b(?:under|below|within)\b/i.test(
        text,
      )
    )
      return 'at most';
    return 'the figure';
  }
  if (/\b(?:higher|increas\w*|up|more|improv\w*|rise|upward)\b/i.test(text)) return 'more';
  if (/\b(?:lower|decreas\w*|reduc\w*|down|fewer|less|fall|downward)\b/i.test(text)) return 'less';
  return null;
}
