import { type Meaning, meaningOfHeader } from './headerWords';
import { kindOfLabel } from './labels';
import { BLANK_CELL, type Cell, textCell } from './tables';
import type { WordBlock, WordCell, WordTable } from './wordHtml';

type FormRow = Cell[];

/** What a form of one action tells besides its words. */
const TOLD: readonly Meaning[] = ['lead', 'planned', 'revised', 'status', 'percent', 'narrative'];
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

/** "Task | Who | When | Notes" over rows of words is a header, not two labels with their values. */
function isUnderHeader([first = [], ...rest]: readonly FormRow[]): boolean {
  const isLabel = ({ text }: Cell): boolean => text.length <= LONGEST_LABEL && meaningOfHeader(text) !== null;
  return first.every(isLabel) && !rest.every(([cell]) => cell !== undefined && isLabel(cell));
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
  const ref = FORM_TITLE.exec(title.label)?.[1] ?? REF_LABEL.exec(title.label)?.[1];
  const labels = lines.map(({ label }) => (label === title.label && ref !== undefined ? 'Action' : label));
  const values = lines.map(({ value }) => value);
  return ref === undefined
    ? { labels, values }
    : { labels: ['Ref', ...labels], values: [textCell(ref), ...values] };
}

/** The line that begins an action in a document without tables: "Action 1.2: Train childminders". */
const ACTION_LINE = /^(?:action|task)\s+(?:(?:no|ref)\.?\s*)?([A-Z]{0,4}\d[\w.]*?)\s*[:.–—-]\s+(\S[\s\S]*)$/i;
/** A label and what it is of, in a line of several. */
interface FormFact {
  readonly label: string;
  text: string;
}
/** What labels that stand in the middle of a line are made of. */
const LABEL_WORD =
  '(?:Action|Named|Lead|Leads|Owner|Officer|Officers|Responsible|Accountable|Support|Supported|Supporting|By|When|Due|Target|Completion|Complete|Date|Deadline|Timescale|Revised|Status|B?RAG|Rating|Progress|Update|Current|Latest|Position|Evidence|Impact|Partners|Resources|%|date|deadline|officer|officers|lead|leads|by|when|rating|status|update|complete)';
const LABEL_INSIDE = new RegExp(`(?<=^|[\\s.;|,(])(${LABEL_WORD}(?:[ ]${LABEL_WORD}){0,2})\\s*:\\s*`, 'g');
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
  const { before: title, facts: told } = factsOf(begins[2]);
  const lines = [{ label: 'Ref', text: begins[1] }, { label: 'Action', text: title }, ...told];
  let end = start + 1;
  for (let block = blocks[end]; block?.kind === 'line'; block = blocks[end]) {
    if (ACTION_LINE.test(block.text) || (block.level !== null && block.level <= 6)) break;
    const last = lines.at(-1);
    const { before, facts } = factsOf(block.text);
    // What follows a label's text without a label of its own goes on with it; before the first label it is the action's.
    if (last && before !== '') last.text = `${last.text}\n${before}`;
    lines.push(...facts);
    end += 1;
  }
  const meanings = TOLD.filter((meaning) => lines.some(({ label }) => meaningOfHeader(label) === meaning));
  if (meanings.length < 2) return null;
  const row = (texts: readonly string[]): WordCell[] => texts.map(cellOf);
  const table: WordTable = {
    kind: 'table',
    rows: [row(lines.map(({ label }) => label)), row(lines.map(({ text }) => text))],
  };
  return { table, end };
}

/**
 * Parts a line at the labels in it: "Lead: Ann Cole, Head of Service. By: June 2025. RAG: Green". `before` is what stands before the first of
 * them.
 */
function factsOf(line: string): { readonly before: string; readonly facts: FormFact[] } {
  const labels = [...line.matchAll(LABEL_INSIDE)].filter(
    ([, label]) => label !== undefined && meaningOfHeader(label) !== null,
  );
  // A label in words of its own can only begin the line.
  const [, first, rest] = LABELLED_LINE.exec(line) ?? [];
  const isOwn = first !== undefined && meaningOfHeader(first) !== null && labels[0]?.index !== 0;
  const facts: FormFact[] = [];
  let label = isOwn ? first : '';
  let from = isOwn ? line.length - (rest ?? '').length : 0;
  for (const match of labels.filter(({ index }) => index >= from)) {
    facts.push({ label, text: untilNext(line.slice(from, match.index)) });
    label = match[1] ?? '';
    from = match.index + match[0].length;
  }
  facts.push({ label, text: line.slice(from).trim() });
  const named = facts.filter((fact) => fact.label !== '');
  return { before: facts.find((fact) => fact.label === '')?.text ?? '', facts: named };
}

/** Without what parts it from the next label: a full stop, a bar. */
function untilNext(text: string): string {
  return text.replace(/^[\s|;,]+|[\s|;,•·(.–-]+$/g, '');
}

function cellOf(text: string): WordCell {
  return { blocks: text === '' ? [] : [{ kind: 'line', text, level: null }], columns: 1, rows: 1 };
}
