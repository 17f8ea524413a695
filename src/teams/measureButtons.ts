import { identify, memberOf } from '../app/people';
import { leadsOf, type Month, readMonth } from '../app/readMonth';
import { type ReadingOutcome, recordReading } from '../app/recordReading';
import { type ReturnOutcome, recordReturn } from '../app/recordReturn';
import { cut, plain } from '../cards/escape';
import type { TypedReading } from '../cards/facts';
import { readingsTyped } from '../cards/otherRows';
import { type MonthLook, presentMonth, presentReport } from '../cards/present';
import { lineInputs, partsOf } from '../cards/report';
import type { Verb } from '../cards/verbs';
import { capacityFor } from '../domain/authority';
import { askedOwners } from '../domain/measure';
import type { Period } from '../domain/period';
import type { NamedLead, Plan } from '../domain/plan';
import type { GroupReport, ReportSaid } from '../domain/planDetail';
import type { Incoming } from './activity';
import { todayOf } from './chat';
import { readCopies, updateCopies } from './copies';
import { notLookedAt } from './notKept';
import { periodOf } from './periods';
import type { InvokeAnswer, TurnDeps } from './turn';

/*
 * The buttons of a month that are about measures and about what groups tell the board. As with actions: the data names things only, who
 * presses is the activity's caller.
 */

type Of<Name extends Verb['verb']> = Extract<Verb, { verb: Name }>;

const NAME_LIMIT = 60;

/** Keeps every reading that was typed on the page; what is not kept comes back in its field, with the reason above it. */
export async function saveReadings(
  deps: TurnDeps,
  incoming: Incoming,
  verb: Of<'readings'>,
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
        return notKept(deps, incoming, verb, outcome);
    }
  }
  const kept = saved.filter(({ repeat }) => !repeat);
  return showList(deps, incoming, verb, messageId, kept.length > 0, {
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
  const read = await readList(deps, incoming, verb);
  if ('kind' in read || read.month.cycle.period !== verb.period) return null;
  const unsaved = typed.filter(([id, text]) => {
    const measure = read.month.measures.find((one) => one.id === id);
    return measure && !(measure.readIn === verb.period && measure.last?.text === text.trim());
  });
  if (unsaved.length === 0) return null;
  const came = unsaved.map(([id, text]) => [id, { text, fault: null, doubts: [], newer: false }] as const);
  const note = deps.words.say('measure.unsaved', { n: unsaved.length });
  return listCard(deps, read, { page: verb.page, onward: false, note, typed: new Map(came) });
}

/** Opens the form in which a group's leads say what the board should decide. */
export async function openReport(
  deps: TurnDeps,
  incoming: Incoming,
  verb: Of<'reportForm'>,
): Promise<InvokeAnswer> {
  const read = await readList(deps, incoming, verb);
  if ('kind' in read) return read;
  const { month, person } = read;
  const { plan } = month;
  if (month.cycle.period !== verb.period) return listCard(deps, read, {});
  const report = await deps.measures.readReport(verb.plan, verb.report);
  if (!report) return sentence(deps.words.say('measure.gone'));
  const asked = { leads: report.value.leads, groupLeads: [] };
  if (!capacityFor(plan, asked, person.id, memberOf(person, plan.id), todayOf(deps, plan)))
    return sentence(notYourReport(deps, plan, report.value));
  return reportForm(deps, month, report.value, verb.page, verb.part);
}

/** Keeps what they said; refused, the same form comes back with everything typed. */
export async function saveReport(
  deps: TurnDeps,
  incoming: Incoming,
  verb: Of<'reportSave'>,
  data: unknown,
  messageId: string | null,
): Promise<InvokeAnswer> {
  const before = await deps.measures.readReport(verb.plan, verb.report);
  if (!before) return sentence(deps.words.say('measure.gone'));
  const said = saidIn(before.value, verb, data);
  const outcome = await recordReturn(deps, incoming.caller, {
    plan: verb.plan,
    period: verb.period,
    report: verb.report,
    version: verb.version,
    said,
    chat: incoming.place.conversation,
  });
  if (outcome.outcome === 'refused' || outcome.outcome === 'newer') {
    const read = await readList(deps, incoming, verb);
    if ('kind' in read) return read;
    const came =
      outcome.outcome === 'newer' ? { typed: said, newer: true } : { typed: said, faults: outcome.faults };
    return reportForm(deps, read.month, outcome.found.asked.value, verb.page, verb.part, came);
  }
  if (outcome.outcome !== 'saved') return reportNotKept(deps, incoming, verb, before.value, outcome);
  if (verb.onward) {
    const read = await readList(deps, incoming, verb);
    if ('kind' in read) return read;
    return reportForm(deps, read.month, outcome.report, verb.page, verb.part + 1);
  }
  return showList(deps, incoming, verb, messageId, !outcome.repeat, {
    note: reportNote(deps, outcome),
    onward: true,
  });
}

/** "None this time": the board has nothing to decide, and business as usual stands as it stood. */
export async function reportNone(
  deps: TurnDeps,
  incoming: Incoming,
  verb: Of<'reportNone'>,
  messageId: string | null,
): Promise<InvokeAnswer> {
  const outcome = await recordReturn(deps, incoming.caller, {
    plan: verb.plan,
    period: verb.period,
    report: verb.report,
    version: verb.version,
    said: { recommendation: '', lines: [] },
    chat: incoming.place.conversation,
  });
  switch (outcome.outcome) {
    case 'saved':
      return showList(deps, incoming, verb, messageId, !outcome.repeat, {
        note: reportNote(deps, outcome),
        onward: true,
      });
    case 'refused':
      return sentence(deps.words.say('chat.badButton'));
    case 'newer': {
      const read = await readList(deps, incoming, verb);
      if ('kind' in read) return read;
      return reportForm(deps, read.month, outcome.found.asked.value, verb.page, 0, { newer: true });
    }
    default: {
      const report = await deps.measures.readReport(verb.plan, verb.report);
      return reportNotKept(deps, incoming, verb, report?.value ?? null, outcome);
    }
  }
}

/** What stands in the form's fields: those of the part that it shows. The recommendation stands in the first part alone. */
function saidIn(report: GroupReport, verb: Of<'reportSave'>, data: unknown): ReportSaid {
  const fields = data as Readonly<Record<string, unknown>>;
  const textOf = (id: string, otherwise: string): string => {
    const value = fields[id];
    return typeof value === 'string' ? value : otherwise;
  };
  const lines = partsOf(report.assurance)[verb.part]?.items ?? [];
  const saidBefore = report.last?.period === verb.period ? report.last.recommendation : '';
  return {
    recommendation: verb.part === 0 ? verb.recommendation : saidBefore,
    lines: lines.map(({ id, complete, impact }) => {
      const ids = lineInputs(id);
      return { id, complete: textOf(ids.complete, complete), impact: textOf(ids.impact, impact) };
    }),
  };
}

interface List {
  readonly month: Month;
  readonly name: string;
  readonly userId: string | null;
  readonly person: NonNullable<Awaited<ReturnType<typeof identify>>>['value'];
}

/** Reads the presser's month anew; that of a later period where it has given way. */
async function readList(
  deps: TurnDeps,
  incoming: Incoming,
  { plan: planId, period }: { readonly plan: string; readonly period: Period },
): Promise<List | InvokeAnswer> {
  const [person, found] = await Promise.all([identify(deps, incoming.caller), deps.plans.readPlan(planId)]);
  const plan = found?.value;
  if (!plan || plan.binding?.tenant !== incoming.caller.tenant)
    return sentence(deps.words.say('chat.noPlanHere'));
  if (!person) return sentence(deps.words.say('chat.stranger'));
  const current = plan.latest !== null && plan.latest > period ? plan.latest : period;
  const leads = leadsOf(memberOf(person.value, plan.id), todayOf(deps, plan));
  const month = await readMonth(deps, plan, current, leads);
  if (!month)
    return sentence(deps.words.say('chat.monthNotOpen', { period: periodOf(plan, period, deps.words) }));
  return { month, name: person.value.name, userId: person.value.userId, person: person.value };
}

async function showList(
  deps: TurnDeps,
  incoming: Incoming,
  verb: { readonly plan: string; readonly period: Period; readonly page: number },
  messageId: string | null,
  changed: boolean,
  look: MonthLook,
): Promise<InvokeAnswer> {
  const read = await readList(deps, incoming, verb);
  if ('kind' in read) return read;
  const answer = listCard(deps, read, { ...look, page: verb.page });
  const { plan, cycle } = read.month;
  if (changed) {
    const list = presentMonth(read.month, read, deps.clock.now(), deps.words, { note: look.note ?? null });
    const copies = await readCopies(deps, plan, cycle, read.person);
    await updateCopies(deps, incoming, copies, list, { card: answer.card, messageId });
  }
  return answer;
}

function listCard(deps: TurnDeps, list: List, look: MonthLook) {
  const { card } = presentMonth(list.month, list, deps.clock.now(), deps.words, look);
  return { kind: 'card' as const, card };
}

function reportForm(
  deps: TurnDeps,
  { plan, cycle, late }: Month,
  report: GroupReport,
  page: number,
  part: number,
  came: Parameters<typeof presentReport>[3] = {},
): InvokeAnswer {
  const about = { plan, period: cycle.period, report, page, part, state: late ? 'late' : 'open' } as const;
  return { kind: 'card', card: presentReport(about, deps.clock.now(), deps.words, came).card };
}

/** The line that says what was saved, and what was not. */
function noteOf(
  { words }: TurnDeps,
  saved: readonly Extract<ReadingOutcome, { outcome: 'saved' }>[],
  came: ReadonlyMap<string, TypedReading>,
): string {
  if (saved.length === 0 && came.size === 0) return words.say('measure.nothingTyped');
  const list = saved
    .map(({ measure }) =>
      words.say('measure.savedOne', { name: short(measure.name), text: short(measure.last?.text ?? '') }),
    )
    .join('; ');
  const late = saved.some((one) => one.late);
  return [
    ...(saved.length > 0 ? [words.say(late ? 'measure.savedLate' : 'measure.saved', { list })] : []),
    ...(came.size > 0 ? [words.say('measure.notSaved', { n: came.size })] : []),
  ].join(' ');
}

function reportNote(
  { words }: TurnDeps,
  { report, found, late }: Extract<ReturnOutcome, { outcome: 'saved' }>,
): string {
  const isNone = (report.last?.recommendation ?? '') === '';
  return words.say(late ? 'report.savedLate' : 'report.saved', {
    name: groupName(found.plan, report.group),
    text: words.say(isNone ? 'report.savedNone' : 'report.savedSome'),
  });
}

/** Replies that were not kept and have no field to come back to. */
async function notKept(
  deps: TurnDeps,
  incoming: Incoming,
  verb: { readonly plan: string; readonly period: Period; readonly page: number },
  outcome: Extract<ReadingOutcome, { outcome: 'no-plan' | 'stranger' | 'not-open' | 'superseded' }>,
): Promise<InvokeAnswer> {
  const { words } = deps;
  switch (outcome.outcome) {
    case 'no-plan':
    case 'stranger':
    case 'not-open':
      return notLookedAt(deps, verb.period, outcome);
    case 'superseded': {
      const note = words.say('chat.superseded', {
        period: periodOf(outcome.plan, verb.period, words),
        latest: periodOf(outcome.plan, outcome.latest, words),
      });
      const read = await readList(deps, incoming, verb);
      return 'kind' in read ? read : listCard(deps, read, { note });
    }
  }
}

async function reportNotKept(
  deps: TurnDeps,
  incoming: Incoming,
  verb: { readonly plan: string; readonly period: Period; readonly page: number },
  report: GroupReport | null,
  outcome: Exclude<ReturnOutcome, { outcome: 'saved' | 'refused' | 'newer' }>,
): Promise<InvokeAnswer> {
  if (outcome.outcome !== 'gone' && outcome.outcome !== 'not-yours')
    return notKept(deps, incoming, verb, outcome);
  if (outcome.outcome === 'gone' || !report) return sentence(deps.words.say('measure.gone'));
  return sentence(notYourReport(deps, outcome.plan, report));
}

function notYourReport(deps: TurnDeps, plan: Plan, report: GroupReport): string {
  const name = groupName(plan, report.group);
  const leads = namesOf(report.leads);
  return leads === ''
    ? deps.words.say('report.notYoursNobody', { name })
    : deps.words.say('report.notYours', { name, leads });
}

async function notYourMeasure(deps: TurnDeps, plan: string, id: string): Promise<string> {
  const measure = (await deps.measures.readMeasure(plan, id))?.value;
  if (!measure) return deps.words.say('measure.gone');
  const name = short(measure.name);
  const owners = namesOf(askedOwners(measure));
  return owners === ''
    ? deps.words.say('measure.notYoursNobody', { name })
    : deps.words.say('measure.notYours', { name, owners });
}

function groupName(plan: Plan, group: string): string {
  const title = plan.groups.find(({ ref }) => ref === group)?.title ?? '';
  return plain(`${group} ${cut(plain(title), NAME_LIMIT)}`);
}

function namesOf(leads: readonly NamedLead[]): string {
  return leads.map(({ name }) => plain(name)).join(', ');
}

function short(text: string): string {
  return cut(plain(text), NAME_LIMIT);
}

function sentence(text: string): InvokeAnswer {
  return { kind: 'sentence', text };
}
