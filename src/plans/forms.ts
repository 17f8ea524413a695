import { type Meaning, meaningOfHeader } from './headerWords';
import { kindOfLabel } from './labels';
import { BLANK_CELL, type Cell, textCell } from './tables';
import type { WordBlock, WordCell, WordLine, WordTable } from './wordHtml';

type FormRow = Cell[];

/** What a form of one action tells besides its words. */
const TOLD: readonly Meaning[] = ['lead', 'planned', 'revised', 'status', 'percent', 'narrative'];
/** The label of an action in a form, with the ref that may stand in it: `Action 1.2`. */
const FORM_TITLE = /^(?:action|task)(?:\s+(?:no\.?|ref\.?)?\s*([A-Z]{0,4}\d[\w.]*))?\s*:?$/i;
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
  if (grid.length < 2 || (width !== 2 && width !== 4)) return null;
  const lines = grid.flatMap((cells) =>
    Array.from({ length: width / 2 }, (_, pair) => ({
      label: cells[pair * 2]?.text ?? '',
      value: cells[pair * 2 + 1] ?? BLANK_CELL,
    })),
  );
  const used = lines.filter(({ label, value }) => label !== '' || value.text !== '');
  return used.length >= 3 && used.every(({ label }) => label !== '' && label.length <= LONGEST_LABEL)
    ? used
    : null;
}

/** What a label of a form asks for. */
function meaningOfLabel(label: string): Meaning | null {
  return FORM_TITLE.test(label) ? 'title' : meaningOfHeader(label);
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
    lines.find(({ label }) => FORM_TITLE.test(label)) ??
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
  const ref = FORM_TITLE.exec(title.label)?.[1];
  const labels = lines.map(({ label }) => (label === title.label && ref !== undefined ? 'Action' : label));
  const values = lines.map(({ value }) => value);
  return ref === undefined
    ? { labels, values }
    : { labels: ['Ref', ...labels], values: [textCell(ref), ...values] };
}

/** The line that begins an action in a document without tables: "Action 1.2: Train childminders". */
const ACTION_LINE = /^(?:action|task)\s+(?:(?:no|ref)\.?\s*)?([A-Z]{0,4}\d[\w.]*?)\s*[:.–—-]\s+(\S[\s\S]*)$/i;
const LABELLED_LINE = /^([^:\n]{2,40}?)\s*:\s*([\s\S]*)$/;

/**
 * Gathers actions that a document writes as paragraphs ("Action 1.2: Train childminders", "Lead: …", "By when: …") into small tables, a header
 * and a row each. What is no such paragraph stays as it is.
 */
export function gatherForms(blocks: readonly WordBlock[]): readonly WordBlock[] {
  const gathered: WordBlock[] = [];
  let at = 0;
  while (at < blocks.length) {
    const form = formAt(blocks, at);
    const block = blocks[at];
    if (form) gathered.push(form.table);
    else if (block) gathered.push(block);
    at = form ? form.end : at + 1;
  }
  return gathered;
}

function formAt(blocks: readonly WordBlock[], start: number): { table: WordTable; end: number } | null {
  const first = blocks[start];
  const begins = first?.kind === 'line' ? ACTION_LINE.exec(first.text) : null;
  if (!begins?.[1] || !begins[2]) return null;
  const lines = [
    { label: 'Ref', text: begins[1] },
    { label: 'Action', text: begins[2] },
  ];
  let end = start + 1;
  for (let block = blocks[end]; block?.kind === 'line'; block = blocks[end]) {
    if (ACTION_LINE.test(block.text) || (block.level !== null && block.level <= 6)) break;
    const labelled = labelOf(block);
    const last = lines.at(-1);
    if (labelled) lines.push(labelled);
    // What follows a label's text without a label of its own goes on with it; before the first label it is the action's.
    else if (last) last.text = `${last.text}\n${block.text}`;
    end += 1;
  }
  const told = TOLD.filter((meaning) => lines.some(({ label }) => meaningOfHeader(label) === meaning));
  if (told.length < 2) return null;
  const row = (texts: readonly string[]): WordCell[] => texts.map(cellOf);
  const table: WordTable = {
    kind: 'table',
    rows: [row(lines.map(({ label }) => label)), row(lines.map(({ text }) => text))],
  };
  return { table, end };
}

function labelOf({ text }: WordLine): { label: string; text: string } | null {
  const [, label, rest] = LABELLED_LINE.exec(text) ?? [];
  if (label === undefined || rest === undefined || meaningOfHeader(label) === null) return null;
  return { label, text: rest };
}

function cellOf(text: string): WordCell {
  return { blocks: text === '' ? [] : [{ kind: 'line', text, level: null }], columns: 1, rows: 1 };
}
