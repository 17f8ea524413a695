import type { TargetDate } from '../domain/plan';
import { findRefs } from '../domain/refs';
import { DEFAULT_SCALE } from '../domain/status';
import { readDate } from '../domain/targetDate';
import type { FullAction, FullLead, Problem } from '../domain/understood';
import { holdsSeveralRefs, readRef } from './actionRefs';
import type { Glossary } from './glossary';
import { foldHeader, type Meaning } from './headerWords';
import type { RawAction, RawField, RawMeaning } from './rawPlan';
import { holdsFractions, readPercent } from './readPercent';
import { readStatusText, type StatusQuestion, tickedIn } from './readStatusText';
import { readSteps } from './readSteps';
import type { RepeatedDoubts } from './repeatedDoubts';
import { keysOf, type StatusKeys, saidByKey } from './statusKeys';
import { problem, quote } from './tables';

/** What the columns of a whole table tell about each of their cells. */
export interface ColumnHabits {
  /** Its percentages are written as fractions: 0.75. */
  readonly hasFractions: boolean;
  /** What the file's own key says of signs and codes. */
  readonly keys: StatusKeys;
}

/** Everything of an action but its ref, group and outcome, which depend on the rows around it. */
export type ActionContent = Omit<FullAction, 'ref' | 'group' | 'outcome'>;

/** Looks at the rows of one table together, with the key that explains their signs. */
export function habitsOf(actions: readonly RawAction[], meanings: readonly RawMeaning[]): ColumnHabits {
  const percents = actions.flatMap(({ fields }) => fields.get('percent') ?? []);
  return {
    hasFractions: holdsFractions(percents.map(({ text, cell }) => ({ text, isPercent: cell.isPercent }))),
    keys: keysOf(meanings),
  };
}

/**
 * Reads the cells of one action; each problem says in which cell it is. `ref` is its ref, printed or made; what is doubtful
 * about leads is collected in `doubts`, since the same lead stands on many rows.
 */
export function readAction(
  raw: RawAction,
  ref: string,
  habits: ColumnHabits,
  glossary: Glossary,
  doubts: RepeatedDoubts,
): { content: ActionContent; problems: Problem[] } {
  const problems: Problem[] = [];
  const name = /^action\b/i.test(ref) ? ref : `Action ${ref}`;
  if (raw.ref !== null && holdsSeveralRefs(raw.ref)) {
    problems.push(
      problem(
        'warning',
        raw.where,
        `The ref cell holds more than one ref (${raw.ref}): the row was kept as one action.`,
      ),
    );
  }
  if (raw.ref !== null && raw.refNote !== '') {
    problems.push(
      problem(
        'note',
        raw.where,
        `Action ${raw.ref} is printed with a note beside its ref: ${quote(raw.refNote)}.`,
      ),
    );
  }
  const { status, percent } = readProgress(raw, habits, name, problems, doubts);
  const steps = readSteps(raw, questionOf(raw));
  const hasSteps = steps.length > 1 && steps.some(({ date, status: own }) => date !== null || own !== null);
  const planned = readTarget(raw.fields.get('planned'), name, problems, { hasSteps });
  const revised =
    readTarget(raw.fields.get('revised'), name, problems, { hasSteps, isRevision: true }) ??
    dateInStatus(raw, status, name, problems);
  const leads = readAllLeads(raw, glossary, doubts);
  const narrative = readNarrative(raw);
  const title = textOf(raw, 'title') || textOf(raw, 'outcome');
  if (hasSteps) {
    const message = `${name} has ${steps.length} parts with dates or statuses of their own: they are kept as its steps, and the action has the worst status and the latest date.`;
    problems.push(problem('note', raw.where, message));
  }
  const base = {
    title,
    leads,
    planned,
    revised,
    status,
    percent,
    narrative,
    barriers: textOf(raw, 'barriers'),
    ask: textOf(raw, 'ask'),
    partners: textOf(raw, 'partners'),
    resources: textOf(raw, 'resources'),
    evidence: textOf(raw, 'evidence'),
    steps,
    raw: {
      leads: [textOf(raw, 'lead'), textOf(raw, 'coLead')].filter((text) => text !== '').join('\n'),
      planned: textOf(raw, 'planned'),
      revised: textOf(raw, 'revised'),
      status: status.text,
      percent: textOf(raw, 'percent'),
    },
  };
  return { content: { ...base, see: readPointers(raw, base, name, problems) }, problems };
}

function textOf(raw: RawAction, meaning: Meaning): string {
  return raw.fields.get(meaning)?.text ?? '';
}

/** "Due Mar 25" in a status cell is no status but a new date. */
function dateInStatus(
  raw: RawAction,
  status: ActionContent['status'],
  name: string,
  problems: Problem[],
): TargetDate | null {
  const field = raw.fields.get('status');
  if (!field || status.key !== null || textOf(raw, 'revised') !== '') return null;
  const date = readDate(field.text).date;
  if (!date?.due || field.text.length > 60) return null;
  const message = `${name} has a date in place of a status (${quote(field.text)}): it was read as its revised date, and the action has no status. Is that right?`;
  problems.push(problem('warning', field.where, message));
  return date;
}

function readTarget(
  field: RawField | undefined,
  name: string,
  problems: Problem[],
  { hasSteps, isRevision = false }: { readonly hasSteps: boolean; readonly isRevision?: boolean },
): TargetDate | null {
  if (!field) return null;
  const { date, doubts } = readDate(field.text);
  if (!date) return null;
  const saysNothing =
    date.word === '-' ||
    date.word === 'n/a' ||
    date.word === 'none' ||
    /^(?:no change|unchanged|as planned|same|as (?:per )?original)$/i.test(field.text);
  if (isRevision && saysNothing) {
    // A revised cell without a date would take the planned date away: "-" means that it stands.
    problems.push(
      problem(
        'note',
        field.where,
        `${name}: “${field.text}” was read as no revision; the planned date stands.`,
      ),
    );
    return null;
  }
  const severity = date.due === null && date.word === null && date.recurrence === null ? 'warning' : 'note';
  for (const doubt of doubts) {
    // Steps keep each its own date: that there are several is said of them.
    if (hasSteps && doubt.startsWith('Several dates')) continue;
    const isQuestion = /Several dates|no year|twice a|Read as a start|can be|can mean|no day \d/.test(doubt);
    problems.push(problem(isQuestion ? 'warning' : severity, field.where, `${name}: ${doubt}`));
  }
  if (field.cell.doubt) problems.push(problem('warning', field.where, `${name}: ${field.cell.doubt}`));
  return date;
}

function readProgress(
  raw: RawAction,
  habits: ColumnHabits,
  name: string,
  problems: Problem[],
  doubts: RepeatedDoubts,
): Pick<ActionContent, 'status' | 'percent'> {
  return {
    status: readStatus(raw, habits.keys, name, problems, doubts),
    percent: readPercentage(raw, habits, name, problems),
  };
}

function readPercentage(
  raw: RawAction,
  habits: ColumnHabits,
  name: string,
  problems: Problem[],
): number | null {
  const field = raw.fields.get('percent');
  if (!field) return null;
  const reading = readPercent({ text: field.text, isPercent: field.cell.isPercent }, habits.hasFractions);
  if (reading.doubt) {
    problems.push(
      problem(reading.how === 'unread' ? 'warning' : 'note', field.where, `${name}: ${reading.doubt}`),
    );
  }
  if (reading.how === 'words') {
    problems.push(
      problem(
        'note',
        field.where,
        `${name} gives ${quote(field.text)} in place of a percentage: it has none, which is not 0.`,
      ),
    );
  }
  if (field.cell.doubt) problems.push(problem('warning', field.where, `${name}: ${field.cell.doubt}`));
  return reading.percent;
}

function readStatus(
  raw: RawAction,
  keys: StatusKeys,
  name: string,
  problems: Problem[],
  doubts: RepeatedDoubts,
): ActionContent['status'] {
  const combined = raw.fields.get('narrativeAndStatus');
  const printed = raw.fields.get('status') ?? (combined && statusInside(combined));
  if (!printed) return { text: '', key: null };
  const field = { ...printed, text: saidByKey(printed.text, keys) ?? tickedIn(printed.text) };
  if (isDot(field.text) && field.cell.fill !== null) return readFill(raw, field, doubts);
  const reading = readStatusText(field.text, questionOf(raw));
  const label = DEFAULT_SCALE.statuses.find(({ key }) => key === reading.key)?.label;
  if (reading.how === 'blank') return readFill(raw, field, doubts);
  if (reading.how === 'word') doubts.addWordStatus(field.text, label ?? '', field.where);
  if (reading.how === 'several' && raw.steps.length === 0) {
    problems.push(
      problem(
        'warning',
        field.where,
        `${name} has several statuses in its cell (${quote(field.text)}): the worst, ${label}, counts.`,
      ),
    );
  }
  if (reading.how === 'none') {
    problems.push(
      problem('note', field.where, `${name} gives ${quote(field.text)} in place of a status: it has none.`),
    );
  }
  if (reading.how === 'unknown' && !readDate(field.text).date?.due) {
    problems.push(
      problem(
        'warning',
        field.where,
        `${name}: ${quote(field.text)} is no status that is known. Use R, A, G, B or GR, or the word.`,
      ),
    );
  }
  return { text: field.text, key: reading.key };
}

/** A cell that says its status by its colour alone. A row that is coloured as a whole says nothing. */
function readFill(raw: RawAction, field: RawField, doubts: RepeatedDoubts): ActionContent['status'] {
  const { fill } = field.cell;
  const others = [...raw.fields].filter(([meaning]) => meaning !== 'status').map(([, { cell }]) => cell.fill);
  if (fill === null || others.includes(fill)) return { text: '', key: null };
  const label = DEFAULT_SCALE.statuses.find(({ key }) => key === fill)?.label ?? fill;
  doubts.note(
    'warning',
    `A status is shown by its colour only: it was read as ${label}. Write the letter, too.`,
    field.where,
  );
  return { text: '', key: fill };
}

/** A sign that says nothing but by its colour. */
function isDot(text: string): boolean {
  return /^[●⚫•■◼⬤⬛◆○◯]$/u.test(text);
}

function isOnlyStatus(text: string): boolean {
  const { how } = readStatusText(text);
  if (text.length > 30 || /[:–—]\s+\S+\s/.test(text)) return false;
  return how === 'plain' || how === 'several' || (how === 'word' && text.split(' ').length <= 3);
}

/** The status in a cell that says how it stands and more: "On track: 84% checked". Undefined where it begins with none. */
function statusInside(field: RawField): RawField | undefined {
  if (isOnlyStatus(field.text)) return field;
  const [, first] = /^([^:–—.\n-]{1,30}?)\s*(?:[:–—\n]|\.(?:\s|$)|\s-\s)/.exec(field.text) ?? [];
  return first !== undefined && isOnlyStatus(first) ? { ...field, text: first } : undefined;
}

/** A column called "On track?" or "Complete? (Y/N)" asks for yes or no. */
export function questionOf(raw: RawAction): StatusQuestion {
  const headers = (raw.header.columns.get('status') ?? []).map((column) =>
    foldHeader(raw.header.headers.get(column) ?? ''),
  );
  if (headers.some((header) => /\bon (?:track|target|schedule)\b/.test(header))) return 'on track';
  return headers.some((header) => /\b(?:completed?|done|achieved|met|delivered)\b/.test(header))
    ? 'complete'
    : 'status';
}

function readNarrative(raw: RawAction): string {
  const combined = textOf(raw, 'narrativeAndStatus');
  const own = textOf(raw, 'narrative');
  const rest = isOnlyStatus(combined) ? '' : combined;
  return [own, rest].filter((text) => text !== '').join('\n');
}

function readAllLeads(raw: RawAction, glossary: Glossary, doubts: RepeatedDoubts): FullLead[] {
  const leads: FullLead[] = [];
  for (const meaning of ['lead', 'coLead'] as const) {
    const field = raw.fields.get(meaning);
    if (!field || field.text === '') continue;
    const reading = glossary.read(field.text);
    doubts.addLeads(reading, field.where);
    for (const lead of reading.leads) {
      if (leads.some((known) => known.name === lead.name)) continue;
      leads.push(meaning === 'coLead' ? { ...lead, kind: 'co-lead' } : lead);
    }
  }
  return leads;
}

/**
 * The refs that the row points at. A pointer in passing is none: a row with a lead or a date of its own is asked for,
 * even where its words mention another action, unless its status or percentage says how it stands.
 */
function readPointers(
  raw: RawAction,
  {
    leads,
    planned,
    revised,
    status,
    percent,
  }: Pick<ActionContent, 'leads' | 'planned' | 'revised' | 'status' | 'percent'>,
  name: string,
  problems: Problem[],
): string[] {
  // A column of its own says all: what is mentioned elsewhere is no pointer then.
  if (raw.header.columns.has('see')) {
    const refs = textOf(raw, 'see')
      .split(/[,;\n]/)
      .flatMap((part) => readRef(part)?.ref ?? []);
    return [...new Set(refs)].filter((ref) => ref !== raw.ref);
  }
  const inDates = findRefs(`${textOf(raw, 'planned')}\n${textOf(raw, 'revised')}`);
  const prose = [textOf(raw, 'title'), textOf(raw, 'narrative'), textOf(raw, 'narrativeAndStatus')];
  const inProse = prose.flatMap(findRefs);
  const isReported = status.key !== null || percent !== null;
  const isOwn = leads.length > 0 || planned?.due != null || revised?.due != null;
  const isMention = !isReported && isOwn && inDates.length === 0 && !prose.some(isMerePointer);
  if (isMention && inProse.length > 0) {
    problems.push(
      problem(
        'note',
        raw.where,
        `${name} mentions ${inProse.join(', ')}; it has a lead or a date of its own, so it is asked for all the same.`,
      ),
    );
    return [];
  }
  const own = raw.ref;
  return [...new Set([...inDates, ...inProse])].filter((ref) => ref !== own);
}

/** "see 7.3.1" and little more. */
function isMerePointer(text: string): boolean {
  return (
    text.length <= 60 &&
    /^\W*(?:see|refer to|reported (?:under|in)|merged (?:with|into)|moved to|covered (?:by|in|under))\b/i.test(
      text,
    )
  );
}
