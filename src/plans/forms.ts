import { type Meaning, meaningOfHeader } from './headerWords';
import { kindOfLabel } from './labels';
import { BLANK_CELL, type Cell, textCell } from './tables';

type FormRow = Cell[];

/** What a form of one action tells besides its words. */
export const TOLD: readonly Meaning[] = ['lead', 'planned', 'revised', 'status', 'percent', 'narrative'];
/** The label of an action in a form, with the ref that may stand in it: `Action 1.2`. */
const FORM_TITLE = /^(?:action|task)(?:\s+(?:no\.?|ref\.?)?\s*([A-Z]{0,4}\d[\w.]*))?\s*:?$/i;
/** A ref alone, where a label would stand, names the action beside it. */
const REF_LABEL = /^([A-Z]{0,4}\d{1,3}(?:[.-]\d{1,3})*[a-z]?)[.):]?$/;
/** A label is a few words. */
const LONGEST_LABEL = 60;

/** A label with its value, in a form. */
interface FormLine {
  readonly label: string;
  readonly value: Cell;
}

/**
 * A table of labels and values is a form, of one action or of several below each other ("Action 1.2 | …", "Lead | …", "Deadline | …", or two
 * labels with their values in a row). Turned round, it is a table like any other: a header, and a row for each action. Any other
 * table stays as it is.
 */
export function turnForm(grid: readonly FormRow[]): readonly FormRow[] {
  const lines = formLines(grid);
  if (!lines) return grid;
  const forms = partForms(lines).map(oneForm);
  const [first] = forms;
  if (!first || forms.some((form) => form === null)) return grid;
  return forms.flatMap((form, index): FormRow[] => {
    if (!form) return [];
    const isSame = index > 0 && form.labels.join('|') === first.labels.join('|');
    return isSame ? [form.values] : [form.labels.map(textCell), form.values];
  });
}

/** The labels with their values; null where the table is not made of such pairs. */
function formLines(grid: readonly FormRow[]): FormLine[] | null {
  const width = Math.max(...grid.map(({ length }) => length));
  if (grid.length < 2 || ![2, 4, 6].includes(width)) return null;
  if (width > 2 && isUnderHeader(grid)) return null;
  const [head] = grid;
  // The action's own words across the whole form, above the labels.
  const title = head?.[0]?.isWide && head[0].text !== '' ? titleLine(head[0]) : null;
  const pairs = (title ? grid.slice(1) : grid).flatMap((cells) =>
    Array.from({ length: width / 2 }, (_, pair) => ({
      label: cells[pair * 2]?.text ?? '',
      value: cells[pair * 2 + 1] ?? BLANK_CELL,
    })),
  );
  const used = pairs.filter(({ label, value }) => label !== '' || value.text !== '');
  const lines = title ? [title, ...used] : used;
  // A table of rows could look the same, but for two columns without a title: each label must be a known one.
  const isPlain = title === null && width === 2;
  const isLabel = ({ label }: FormLine): boolean =>
    label !== '' && label.length <= LONGEST_LABEL && (isPlain || meaningOfLabel(label) !== null);
  return lines.length >= 3 && used.every(isLabel) ? lines : null;
}

/** "2.3 Train childminders" or "Action 2.3: Train childminders" as a label with its value. */
function titleLine(cell: Cell): FormLine {
  const [, ref, words] =
    /^(?:action\s+)?([A-Z]{0,4}\d{1,3}(?:[.-]\d{1,3})*[a-z]?)\s*[.):–—-]?\s+(\S[\s\S]*)$/i.exec(cell.text) ??
    [];
  return ref === undefined || words === undefined
    ? { label: 'Action', value: cell }
    : { label: `Action ${ref}`, value: { ...cell, text: words } };
}

/**
 * "No | Action | Progress | Lead" over rows is a header, not two labels with their values, though what stands in the rows may be labels as
 * well: "1 | … | Complete | …".
 */
function isUnderHeader([first = [], ...rest]: readonly FormRow[]): boolean {
  const isLabel = ({ text }: Cell): boolean => text.length <= LONGEST_LABEL && meaningOfHeader(text) !== null;
  return first.every(isLabel) && !rest.every(([cell]) => cell !== undefined && isLabel(cell));
}

/** The ref in the label of an action: `Action 1.2`, or `1.2` alone. */
function refInLabel(label: string): string | undefined {
  return FORM_TITLE.exec(label)?.[1] ?? REF_LABEL.exec(label)?.[1];
}

/** What a label of a form asks for. */
function meaningOfLabel(label: string): Meaning | null {
  return FORM_TITLE.test(label) || REF_LABEL.test(label) ? 'title' : meaningOfHeader(label);
}

/** Forms below each other begin with the same label. */
function partForms(lines: readonly FormLine[]): FormLine[][] {
  const begins = (label: string): string => label.replace(/\d[\w.]*/g, '#').toLowerCase();
  const first = begins(lines[0]?.label ?? '');
  const forms: FormLine[][] = [];
  for (const line of lines) {
    const form = forms.at(-1);
    if (!form || begins(line.label) === first) forms.push([line]);
    else form.push(line);
  }
  return forms;
}

/** One form's labels and values in a row each; null where it names no action, or too little of it. */
function oneForm(lines: readonly FormLine[]): { labels: string[]; values: Cell[] } | null {
  const title =
    lines.find(({ label }, at) => FORM_TITLE.test(label) || (at === 0 && REF_LABEL.test(label))) ??
    lines.find(({ label }) => meaningOfLabel(label) === 'title' && kindOfLabel(label) === null);
  const told = new Set(
    lines.flatMap(({ label }) => TOLD.filter((meaning) => meaning === meaningOfLabel(label))),
  );
  // "Action | Progress" is a header over rows, not an action called Progress.
  if (
    title &&
    title.value.text.length <= 30 &&
    TOLD.some((meaning) => meaning === meaningOfHeader(title.value.text))
  )
    return null;
  const saysHowFar = (['planned', 'revised', 'status', 'percent'] as const).some((one) => told.has(one));
  if (!title || lines.length < 3 || told.size < 2 || !saysHowFar) return null;
  const ref = refInLabel(title.label);
  const labels = lines.map(({ label }) => (label === title.label && ref !== undefined ? 'Action' : label));
  const values = lines.map(({ value }) => value);
  return ref === undefined
    ? { labels, values }
    : { labels: ['Ref', ...labels], values: [textCell(ref), ...values] };
}
