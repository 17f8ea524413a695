import { TOLD } from './forms';
import { type Meaning, meaningOfHeader } from './headerWords';
import { readGroupText, splitLeadingRef } from './rowKinds';
import type { WordBlock, WordCell, WordLine, WordTable } from './wordHtml';

/** A label and what it is of. */
export interface Fact {
  readonly label: string;
  text: string;
}

/** How a document writes its actions, where it has no tables of them. */
interface Habits {
  /** The level of the headings that are actions; null where none are. */
  readonly level: number | null;
  /** A paragraph has an action and its facts. */
  readonly isWhole: boolean;
}

/** Facts said in a few words: a paragraph of prose below them is none of theirs. */
const BRIEF: readonly Meaning[] = ['lead', 'coLead', 'planned', 'revised', 'status', 'percent'];
/** The line that begins an action in a document without tables: "Action 1.2: Train childminders". */
const ACTION_LINE = /^(?:action|task)\s+(?:(?:no|ref)\.?\s*)?([A-Z]{0,4}\d[\w.]*?)\s*[:.–—-]\s+(\S[\s\S]*)$/i;
/** What labels that stand in the middle of a line are made of. */
const LABEL_WORD =
  '(?:Action|Named|Lead|Leads|Owner|Officer|Officers|Responsible|Accountable|Support|Supported|Supporting|By|When|Due|Target|Completion|Complete|Date|Deadline|Timescale|Revised|Status|B?RAG|Rating|Progress|Update|Current|Latest|Position|Evidence|Impact|Partners|Resources|%|date|deadline|officer|officers|lead|leads|by|when|rating|status|update|complete)';
const LABEL_INSIDE = new RegExp(`(?<=^|[\\s.;|,(])(${LABEL_WORD}(?:[ ]${LABEL_WORD}){0,2})\\s*:\\s*`, 'g');
const LABELLED_LINE = /^([^:\n(]{2,40}?)\s*:\s*([\s\S]*)$/;

/**
 * Gathers actions that a document writes as paragraphs into small tables, a header and a row each: "Action 1.2: Train childminders", or a heading
 * of its own, with "Lead: …", "By when: …" below, each in a line or several in one. What is no such paragraph stays as it is.
 */
export function gatherForms(blocks: readonly WordBlock[]): readonly WordBlock[] {
  const habits: Habits = { level: levelOfActions(blocks), isWhole: blocks.filter(saysAll).length >= 2 };
  const gathered: WordBlock[] = [];
  let at = 0;
  while (at < blocks.length) {
    const form = formAt(blocks, at, habits);
    const block = blocks[at];
    if (form) gathered.push(form.table);
    else if (block) gathered.push(block);
    at = form ? form.end : at + 1;
  }
  return gathered;
}

/** The level of the headings that are actions: at least two have facts right below them, and no table. Null where none are. */
function levelOfActions(blocks: readonly WordBlock[]): number | null {
  const levels = blocks.flatMap((block, at) => {
    const below = blocks[at + 1];
    const isAction =
      block.kind === 'line' &&
      block.level !== null &&
      below?.kind === 'line' &&
      isOfFacts(below, blocks[at + 2]);
    return isAction && readGroupText(block.text) === null ? [block.level] : [];
  });
  return levels.find((level, at) => levels.indexOf(level) !== at) ?? null;
}

/** "Owner: … Deadline: … Status: …", or the first of such lines. */
function isOfFacts(line: WordLine, next: WordBlock | undefined): boolean {
  const facts = [...factsOf(line.text).facts, ...(next?.kind === 'line' ? factsOf(next.text).facts : [])];
  const { before, facts: own } = factsOf(line.text);
  return before === '' && own.length > 0 && told(facts).length >= 2;
}

function told(facts: readonly Fact[]): Meaning[] {
  return TOLD.filter((meaning) => facts.some(({ label }) => meaningOfHeader(label) === meaning));
}

/** "1. Crew the second engine (Lead: Ann Cole; Due: March 2026)": an action and its facts in one paragraph. */
function saysAll(block: WordBlock): boolean {
  if (block.kind !== 'line') return false;
  const { before, facts } = factsOf(block.text);
  return before.length > 10 && told(facts).length >= 2;
}

/** The ref and the words of the action that a paragraph begins; null where it begins none. */
function beginning(
  block: WordBlock | undefined,
  { level, isWhole }: Habits,
): { ref: string; text: string } | null {
  if (block?.kind !== 'line') return null;
  const [, ref, text] = ACTION_LINE.exec(block.text) ?? [];
  if (ref !== undefined && text !== undefined) return { ref, text };
  if (isWhole && saysAll(block)) {
    const [, number, rest] = /^(\w{1,6}(?:\.\w{1,3})*)[.):]?\s+(\S[\s\S]*)$/.exec(block.text) ?? [];
    const isRef = number !== undefined && /\d/.test(number) && rest !== undefined;
    return isRef ? { ref: number, text: rest } : { ref: '', text: block.text };
  }
  if (level === null || block.level !== level || readGroupText(block.text) !== null) return null;
  const leading = splitLeadingRef(block.text);
  return { ref: leading?.ref ?? '', text: leading?.title ?? block.text };
}

function formAt(
  blocks: readonly WordBlock[],
  start: number,
  habits: Habits,
): { table: WordTable; end: number } | null {
  const begins = beginning(blocks[start], habits);
  if (!begins) return null;
  const title = factsOf(begins.text);
  const facts: Fact[] = [
    { label: 'Ref', text: begins.ref },
    { label: 'Action', text: title.before },
    ...title.facts,
  ];
  let end = start + 1;
  for (let block = blocks[end]; block?.kind === 'line'; block = blocks[end]) {
    if (beginning(block, habits) || (block.level !== null && block.level <= 6)) break;
    addLine(facts, block.text);
    end += 1;
  }
  // Below a heading with facts and a table stands a group.
  const isGroup = begins.ref === '' && blocks[end]?.kind === 'table';
  if (told(facts).length < 2 || isGroup) return null;
  const row = (texts: readonly string[]): WordCell[] => texts.map(cellOf);
  const table: WordTable = {
    kind: 'table',
    rows: [row(facts.map(({ label }) => label)), row(facts.map(({ text }) => text))],
  };
  return { table, end };
}

/** What follows a label's text without a label goes on with it; behind facts of a few words a paragraph says how it stands. */
function addLine(facts: Fact[], line: string): void {
  const last = facts.at(-1);
  const meaning = last && meaningOfHeader(last.label);
  const { before, facts: own } = factsOf(line);
  const isProse = before.length > 30 && meaning != null && BRIEF.includes(meaning);
  if (isProse) facts.push({ label: 'Update', text: before });
  else if (last && before !== '') last.text = `${last.text}\n${before}`;
  facts.push(...own);
}

/**
 * Parts a line at the labels in it: "Lead: Ann Cole, Head of Service. By: June 2025. RAG: Green". `before` is what stands before the first of
 * them.
 */
export function factsOf(line: string): { readonly before: string; readonly facts: Fact[] } {
  const labels = [...line.matchAll(LABEL_INSIDE)].filter(
    ([, label]) => label !== undefined && meaningOfHeader(label) !== null,
  );
  // A label in words of its own can only begin the line.
  const [, first, rest] = LABELLED_LINE.exec(line) ?? [];
  const isOwn = first !== undefined && meaningOfHeader(first) !== null && labels[0]?.index !== 0;
  const facts: Fact[] = [];
  let label = isOwn ? first : '';
  let from = isOwn ? line.length - (rest ?? '').length : 0;
  for (const match of labels.filter(({ index }) => index >= from)) {
    facts.push({ label, text: untilNext(line.slice(from, match.index)) });
    label = match[1] ?? '';
    from = match.index + match[0].length;
  }
  const last = line.slice(from).trim();
  // "(Lead: …; Due: …)": the bracket around all of them closes behind the last.
  const isInBracket = line.charAt((labels[0]?.index ?? 0) - 1) === '(' && !/\([^)]*\)\.?$/.test(last);
  facts.push({ label, text: isInBracket ? last.replace(/\)\.?$/, '') : last });
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
