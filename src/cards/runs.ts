import { paragraphs, plain } from './escape';

/** How a piece of text looks; what is left out is the client's default. */
export interface RunStyle {
  readonly weight?: 'Bolder' | 'Lighter';
  readonly size?: 'Small' | 'Medium' | 'Large' | 'ExtraLarge';
  /** The one colour of text that can be read in each of Teams' themes. Attention's red can't in the dark one, nor Good and Warning in the light. */
  readonly color?: 'Accent';
  readonly isSubtle?: boolean;
  readonly italic?: boolean;
  readonly fontType?: 'Monospace';
}

/** A piece of a RichTextBlock. It reads no markdown: the only place where people's own words are shown. */
export interface TextRun extends RunStyle {
  readonly type: 'TextRun';
  readonly text: string;
}

/** One paragraph of runs, as templates repeat them. */
export interface Paragraph {
  readonly runs: readonly TextRun[];
}

/** A run of text in one line. The text may be anybody's: see {@link plain}. */
export function run(text: string, style: RunStyle = {}): TextRun {
  return { type: 'TextRun', text: plain(text), ...style };
}

export const BOLD: RunStyle = { weight: 'Bolder' };
export const SUBTLE: RunStyle = { isSubtle: true };
/** What is wrong, or late: it says so in words. */
export const ALARM: RunStyle = BOLD;

/** Pieces with a middle dot between them, each a few runs; empty ones are left out. */
export function dotted(pieces: readonly (readonly TextRun[])[]): TextRun[] {
  const shown = pieces.filter((piece) => piece.some(({ text }) => text !== ''));
  return shown.flatMap((piece, at) => (at === 0 ? [...piece] : [gap(' · ', SUBTLE), ...piece]));
}

/** A run whose spaces at the ends count: what stands between two other runs. */
export function gap(text: string, style: RunStyle = {}): TextRun {
  return { type: 'TextRun', text, ...style };
}

/** A paragraph of one run. */
export function paragraph(text: string, style: RunStyle = {}): Paragraph {
  return { runs: [run(text, style)] };
}

/** A paragraph of a bold label and a text after it. */
export function labelled(label: string, text: string): Paragraph {
  return { runs: [run(label, BOLD), gap(' '), run(text)] };
}

/** A longer text as paragraphs, line breaks kept. */
export function paragraphsOf(text: string, style: RunStyle = {}): Paragraph[] {
  return paragraphs(text).map((line) => paragraph(line, style));
}
