import { type ReadingOutcome, recordReading } from '../app/recordReading';
import { cut, plain } from '../cards/escape';
import type { TypedReading } from '../cards/facts';
import { readingsTyped } from '../cards/otherRows';
import type { VerbOf } from '../cards/verbs';
import { askedOwners } from '../domain/measure';
import type { Period } from '../domain/period';
import type { Incoming } from './activity';
import { cardOf, sentence } from './invokeAnswer';
import { monthContent, readPressersMonth, showAfterReply } from './leadsMonth';
import { notTaken } from './notTaken';
import type { InvokeAnswer, TurnDeps } from './turn';

/*
 * The fields of a month in which measures are read.
 */

const NAME_LIMIT = 60;

/** Keeps every reading that was typed on the page; what is not kept comes back in its field, with the reason above it. */
export async function saveReadings(
  deps: TurnDeps,
  incoming: Incoming,
  verb: VerbOf<'readings'>,
  data: unknown,
  messageId: string | null,
): Promise<InvokeAnswer> {
  const fields = readingsTyped(data);
  const saved: Extract<ReadingOutcome, { outcome: 'saved' }>[] = [];
  const came = new Map<string, TypedReading>();
  for (const [at, measure] of verb.measures.entries()) {
    const text = fields.get(measure)?.trim() ?? '';
    // An empty field says nothing: it is no 0 and no answer.
    if (text === '') continue;
    const outcome = await recordReading(deps, incoming.caller, {
      plan: verb.plan,
      period: verb.period,
      measure,
      version: verb.versions[at] ?? 0,
      text,
      anyway: verb.anyway,
      chat: incoming.place.conversation,
    });
    switch (outcome.outcome) {
      case 'saved':
        saved.push(outcome);
        break;
      case 'refused':
        came.set(measure, { text, fault: outcome.fault, doubts: outcome.doubts, newer: false });
        break;
      case 'newer':
        came.set(measure, { text, fault: null, doubts: [], newer: true });
        break;
      case 'not-yours':
        return sentence(await notYourMeasure(deps, verb.plan, measure));
      case 'gone':
        return sentence(deps.words.say('measure.gone'));
      default:
        return notTaken(deps, incoming, verb.period, outcome);
    }
  }
  const kept = saved.filter(({ repeat }) => !repeat);
  return showAfterReply(deps, incoming, verb, messageId, kept.length > 0, {
    note: noteOf(deps, saved, came),
    typed: came,
    onward: came.size === 0 && saved.length > 0,
  });
}

/**
 * What answers another button of a page on which readings were typed and not saved: the same page with all of it, since the next card would
 * throw it away. Null where nothing is unsaved.
 */
export async function keepUnsaved(
  deps: TurnDeps,
  incoming: Incoming,
  verb: { readonly plan: string; readonly period: Period; readonly page: number },
  data: unknown,
): Promise<InvokeAnswer | null> {
  const typed = [...readingsTyped(data)].filter(([, text]) => text.trim() !== '');
  if (typed.length === 0) return null;
  const read = await readPressersMonth(deps, incoming, verb);
  if ('kind' in read || read.month.cycle.period !== verb.period) return null;
  const { month, person } = read;
  const unsaved = typed.filter(([id, text]) => {
    const measure = month.measures.find((one) => one.id === id);
    return measure && !(measure.readIn === verb.period && measure.last?.text === text.trim());
  });
  if (unsaved.length === 0) return null;
  const came = unsaved.map(([id, text]) => [id, { text, fault: null, doubts: [], newer: false }] as const);
  const note = deps.words.say('measure.unsaved', { n: unsaved.length });
  const look = { page: verb.page, onward: false, note, typed: new Map(came) };
  return cardOf(monthContent(deps, month, person, look));
}

/** The line that says what was saved, and what was not. */
function noteOf(
  { words }: TurnDeps,
  saved: readonly Extract<ReadingOutcome, { outcome: 'saved' }>[],
  came: ReadonlyMap<string, TypedReading>,
): string {
  if (saved.length === 0 && came.size === 0) return words.say('measure.nothingTyped');
  const list = saved
    .map(({ kept }) =>
      words.say('measure.savedOne', { name: short(kept.name), text: short(kept.last?.text ?? '') }),
    )
    .join('; ');
  const late = saved.some((one) => one.late);
  return [
    ...(saved.length > 0 ? [words.say(late ? 'measure.savedLate' : 'measure.saved', { list })] : []),
    ...(came.size > 0 ? [words.say('measure.notSaved', { n: came.size })] : []),
  ].join(' ');
}

async function notYourMeasure(deps: TurnDeps, plan: string, id: string): Promise<string> {
  const measure = (await deps.measures.readMeasure(plan, id))?.value;
  if (!measure) return deps.words.say('measure.gone');
  const name = short(measure.name);
  const owners = askedOwners(measure)
    .map((owner) => plain(owner.name))
    .join(', ');
  return owners === ''
    ? deps.words.say('measure.notYoursNobody', { name })
    : deps.words.say('measure.notYours', { name, owners });
}

function short(text: string): string {
  return cut(plain(text), NAME_LIMIT);
}
