import type { Answer, FindingCode } from './checks';
import type { IsoDate, Period } from './period';
import type { Action, TargetDate } from './plan';
import type { StatusKey } from './status';

/** What an update said, or what stood before it. */
export interface Said {
  readonly status: StatusKey | null;
  readonly percent: number | null;
  /** Only what was said this time; empty when nothing was. */
  readonly narrative: string;
  readonly revisedText: string;
  readonly barriers: string;
  readonly ask: string;
}

/** All of an action that an update changes, as it stood before: what taking the update back restores. */
export type Prior = Pick<
  Action,
  | 'status'
  | 'percent'
  | 'narrative'
  | 'narrativeFrom'
  | 'revised'
  | 'barriers'
  | 'ask'
  | 'unchangedFor'
  | 'updatedIn'
  | 'updatedBy'
  | 'updatedAt'
  | 'was'
>;

/** What a lead said for one action in one period. Immutable once accepted: the audit is made of these. */
export interface Update {
  readonly action: string;
  /** Version of the action that it made; one more than the version that it was typed on. */
  readonly version: number;
  readonly period: Period;
  /** UTC ISO, by the clock of the plan's world. */
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string };
  /** The lead it was said for, when somebody else said it (a programme officer); null when they spoke for themselves. */
  readonly onBehalfOf: string | null;
  /** Teams conversation that it came from. */
  readonly chat: string;
  /** Said after the month had closed. */
  readonly late: boolean;
  /**
   * `undo` takes back the update before it: it restores what that one's `prior` keeps. `loaded` is what a later file said, when a programme
   * officer loaded it: nobody has answered for the period by it, and it can't be taken back.
   */
  readonly kind: 'answer' | 'no-change' | 'undo' | 'loaded';
  readonly before: Said;
  readonly after: Said;
  /** What was asked and confirmed with "Save anyway". */
  readonly savedAnyway: readonly FindingCode[];
  /** Absent in updates that were kept before there was an undo: they can't be taken back. */
  readonly prior?: Prior;
  /** Who said it and in which words is no longer kept. Absent: it is. */
  readonly thinned?: true;
}

/** Who says it, when, and where. */
export interface Saying {
  readonly period: Period;
  readonly at: Date;
  readonly by: { readonly id: string; readonly name: string };
  readonly onBehalfOf: string | null;
  readonly chat: string;
  readonly late: boolean;
  readonly savedAnyway: readonly FindingCode[];
}

/** Makes the update, and the action as it is after it, from a checked answer. */
export function applyAnswer(
  action: Action,
  answer: Answer,
  saying: Saying,
): { action: Action; update: Update } {
  const said = answer.narrative.trim();
  const next: Action = {
    ...action,
    status: { text: answer.status ?? '', key: answer.status },
    percent: answer.percent,
    narrative: said || action.narrative,
    narrativeFrom: said ? saying.period : action.narrativeFrom,
    revised: answer.revised ? revisedTo(answer.revised) : action.revised,
    barriers: answer.barriers.trim(),
    ask: answer.ask.trim(),
    unchangedFor: 0,
    ...stampOf(action, 'answer', saying),
  };
  return { action: next, update: updateOf(action, next, said, 'answer', saying) };
}

/** Confirms what the plan says: nothing changes but who said so and when. A `sentence` may go with it. */
export function applyNoChange(
  action: Action,
  saying: Saying,
  sentence = '',
): { action: Action; update: Update } {
  const said = sentence.trim();
  const sameMonth = action.updatedIn === saying.period;
  const next: Action = {
    ...action,
    narrative: said || action.narrative,
    narrativeFrom: said ? saying.period : action.narrativeFrom,
    unchangedFor: said ? 0 : sameMonth ? action.unchangedFor : action.unchangedFor + 1,
    ...stampOf(action, 'no-change', saying),
  };
  return { action: next, update: updateOf(action, next, said, 'no-change', saying) };
}

/**
 * Takes an update back, which must be the action's last and have its `prior`: a new update, by its author, after which the action says
 * exactly what it said before. Null when the update is not the last, is itself an undo or out of a file, or does not say what stood before.
 */
export function applyUndo(
  action: Action,
  undone: Update,
  saying: Omit<Saying, 'period' | 'onBehalfOf' | 'savedAnyway'>,
): { action: Action; update: Update } | null {
  if (
    undone.version !== action.version ||
    undone.kind === 'undo' ||
    undone.kind === 'loaded' ||
    !undone.prior
  )
    return null;
  const { period, onBehalfOf } = undone;
  const next: Action = {
    ...action,
    ...undone.prior,
    version: action.version + 1,
    wrote: { by: saying.by.id, at: saying.at.toISOString(), kind: 'undo' },
  };
  const whole: Saying = { ...saying, period, onBehalfOf, savedAnyway: [] };
  return { action: next, update: updateOf(action, next, '', 'undo', whole) };
}

/** What a file may say of the things that people answer for every month; what it leaves out stays. */
export type FileSays = Partial<Pick<Prior, 'status' | 'percent' | 'narrative' | 'revised' | 'barriers'>>;

/**
 * Takes over what a later file says: a new update, so that a form typed on what stood before is told of it, and the history shows it. Who
 * answered last, and for which period, stays: a file is nobody's answer.
 */
export function applyLoaded(
  action: Action,
  says: FileSays,
  saying: Omit<Saying, 'onBehalfOf' | 'savedAnyway' | 'late'>,
): { action: Action; update: Update } {
  const next: Action = {
    ...action,
    ...says,
    narrativeFrom: says.narrative === undefined ? action.narrativeFrom : null,
    version: action.version + 1,
    wrote: { by: saying.by.id, at: saying.at.toISOString(), kind: 'loaded' },
  };
  const whole: Saying = { ...saying, onBehalfOf: null, savedAnyway: [], late: false };
  return { action: next, update: updateOf(action, next, says.narrative ?? '', 'loaded', whole) };
}

/** After this many periods running with "No change", the next one asks for a sentence, so that the board knows it was looked at. */
export const UNCHANGED_LIMIT = 2;

/** Whether one more "No change" in the period would be the third running and so needs a sentence. */
export function needsSentence(action: Action, period: Period): boolean {
  return action.updatedIn !== period && action.unchangedFor >= UNCHANGED_LIMIT;
}

/**
 * Whether an update already says exactly what is being said again: the same person, typed on the same version,
 * with the same content. Such a repeat (a tap that arrives twice) is answered as the first was.
 */
export function isRepeat(update: Update, answer: Answer | 'no-change', personId: string): boolean {
  if (update.by.id !== personId) return false;
  if (answer === 'no-change') return update.kind === 'no-change';
  return (
    update.after.status === answer.status &&
    update.after.percent === answer.percent &&
    update.after.narrative === answer.narrative.trim() &&
    update.after.barriers === answer.barriers.trim() &&
    update.after.ask === answer.ask.trim() &&
    (answer.revised === null || update.after.revisedText === answer.revised)
  );
}

/** A date that a lead chose in the form: exact to the day, and written as the day itself. */
function revisedTo(day: IsoDate): TargetDate {
  return { text: day, due: day, precision: 'day', recurrence: null, word: null };
}

function stampOf(action: Action, kind: Update['kind'], saying: Saying) {
  return {
    version: action.version + 1,
    updatedIn: saying.period,
    updatedBy: saying.by.name,
    updatedAt: saying.at.toISOString(),
    // A correction within the month still shows the step from where the month began.
    was:
      action.updatedIn === saying.period && action.was
        ? action.was
        : { status: action.status.key, percent: action.percent },
    wrote: { by: saying.by.id, at: saying.at.toISOString(), kind },
  };
}

function updateOf(before: Action, after: Action, said: string, kind: Update['kind'], saying: Saying): Update {
  return {
    action: before.id,
    version: after.version,
    period: saying.period,
    at: saying.at.toISOString(),
    by: saying.by,
    onBehalfOf: saying.onBehalfOf,
    chat: saying.chat,
    late: saying.late,
    kind,
    before: saidBy(before, ''),
    after: saidBy(after, said),
    savedAnyway: saying.savedAnyway,
    prior: priorOf(before),
  };
}

function priorOf(action: Action): Prior {
  const { status, percent, narrative, narrativeFrom, revised, barriers, ask } = action;
  const { unchangedFor, updatedIn, updatedBy, updatedAt, was } = action;
  return {
    status,
    percent,
    narrative,
    narrativeFrom,
    revised,
    barriers,
    ask,
    unchangedFor,
    updatedIn,
    updatedBy,
    updatedAt,
    was,
  };
}

function saidBy(action: Action, narrative: string): Said {
  return {
    status: action.status.key,
    percent: action.percent,
    narrative,
    revisedText: action.revised?.text ?? '',
    barriers: action.barriers,
    ask: action.ask,
  };
}
