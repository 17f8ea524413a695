import { readDate } from '../domain/targetDate';
import { type Meaning, meaningOfHeader } from './headerWords';
import { factsOf } from './paragraphForms';
import type { RawAction, RawField } from './rawPlan';

/** What may be labelled inside the cell of an action. */
const MOVED: readonly Meaning[] = ['lead', 'coLead', 'planned', 'revised', 'status', 'percent'];

/** Parts what the actions of one table say in one cell and mean as several things. */
export function partCells(own: readonly RawAction[]): readonly RawAction[] {
  return withFactsApart(withFindingsApart(own)).map(withRevisionApart);
}

/**
 * Under headings, a column that says something else on each row ("CQC finding") parts nothing, though it is called as groups are: it is what each
 * action answers.
 */
function withFindingsApart(own: readonly RawAction[]): readonly RawAction[] {
  const said = own.flatMap(({ fields }) => fields.get('group')?.text || []);
  const isOfEach = said.length >= 3 && new Set(said).size >= said.length * 0.8;
  if (!isOfEach || own.some(({ group }) => group === null)) return own;
  return own.map((raw) => {
    const fields = new Map(raw.fields);
    const finding = fields.get('group');
    fields.delete('group');
    if (finding && !fields.has('outcome')) fields.set('outcome', finding);
    return { ...raw, fields };
  });
}

/**
 * "Write a plan", "Lead: Ann Cole", "By: May 2025" below each other in one cell: what is labelled goes where it belongs, unless the table has a
 * column of its own for it. One such cell alone is somebody's sentence.
 */
function withFactsApart(own: readonly RawAction[]): readonly RawAction[] {
  const parted = own.map(partFacts);
  return parted.filter((raw, at) => raw !== own[at]).length >= 2 ? parted : own;
}

function partFacts(raw: RawAction): RawAction {
  const title = raw.fields.get('title');
  if (!title?.text.includes('\n')) return raw;
  const [first = '', ...rest] = title.text.split('\n');
  const kept = [first];
  const fields = new Map(raw.fields);
  for (const line of rest) {
    const { before, facts } = factsOf(line);
    const meanings = facts.map(({ label }) => meaningInside(label));
    const isMoved =
      before === '' && facts.length > 0 && meanings.every((one) => one !== null && isOpen(raw, one));
    if (!isMoved) kept.push(line);
    else
      for (const [at, { text }] of facts.entries()) add(fields, meanings[at] ?? 'aside', { ...title, text });
  }
  if (kept.length === rest.length + 1) return raw;
  fields.set('title', { ...title, text: kept.join('\n') });
  return { ...raw, fields };
}

function meaningInside(label: string): Meaning | null {
  const meaning = /^support/i.test(label) ? 'coLead' : meaningOfHeader(label);
  return meaning !== null && MOVED.includes(meaning) ? meaning : null;
}

/** Whether the table has no column for it. */
function isOpen({ header }: RawAction, meaning: Meaning): boolean {
  return !header.columns.has(meaning);
}

function add(fields: Map<Meaning, RawField>, meaning: Meaning, field: RawField): void {
  const before = fields.get(meaning);
  fields.set(meaning, before ? { ...before, text: `${before.text}\n${field.text}` } : field);
}

/** Both dates of one cell, "Oct 2025 (revised to Jan 2026)", where the table has no other for the second. */
function withRevisionApart(raw: RawAction): RawAction {
  const planned = raw.fields.get('planned');
  if (!planned || raw.fields.has('revised')) return raw;
  const [, first = '', second = ''] = REVISION.exec(planned.text) ?? [];
  if (readDate(first).date?.due == null || readDate(second).date?.due == null) return raw;
  const fields = new Map(raw.fields);
  fields.set('planned', { ...planned, text: first });
  fields.set('revised', { ...planned, text: second });
  return { ...raw, fields };
}

const REVISION =
  /^([^(]+?)\s*[(,;–-]?\s*\b(?:revised|extended|moved|changed|slipped|now)\b(?: (?:to|until))?\s*:?\s*([^()]+?)\)?$/i;
