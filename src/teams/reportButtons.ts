import { memberOf } from '../app/people';
import type { Month } from '../app/readMonth';
import { type ReturnOutcome, recordReturn } from '../app/recordReturn';
import { cut, plain } from '../cards/escape';
import { presentReport } from '../cards/present';
import { lineInputs, partsOf } from '../cards/report';
import type { VerbOf } from '../cards/verbs';
import { capacityFor } from '../domain/authority';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import type { GroupReport, ReportSaid } from '../domain/planDetail';
import type { Incoming } from './activity';
import { cardOf, sentence } from './invokeAnswer';
import { monthContent, readMonthNow, readPressersMonth, showAfterReply } from './leadsMonth';
import { notTaken } from './notTaken';
import type { Presser } from './presser';
import { todayOf } from './sentences';
import type { InvokeAnswer, TurnDeps } from './turn';

/*
 * The buttons with which a group's leads tell the board what to decide: the form opened and saved, or "None this time".
 */

const NAME_LIMIT = 60;

/** Opens the form in which a group's leads say what the board should decide. */
export async function openReport(
  deps: TurnDeps,
  { plan, person }: Presser,
  verb: VerbOf<'reportForm'>,
): Promise<InvokeAnswer> {
  const month = await readMonthNow(deps, plan, person, verb.period);
  if ('kind' in month) return month;
  if (month.cycle.period !== verb.period) return cardOf(monthContent(deps, month, person, {}));
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
  verb: VerbOf<'reportSave'>,
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
    const read = await readPressersMonth(deps, incoming, verb);
    if ('kind' in read) return read;
    const came =
      outcome.outcome === 'newer' ? { typed: said, newer: true } : { typed: said, faults: outcome.faults };
    return reportForm(deps, read.month, outcome.found.asked.value, verb.page, verb.part, came);
  }
  if (outcome.outcome !== 'saved') return reportNotKept(deps, incoming, verb, before.value, outcome);
  if (verb.onward) {
    const read = await readPressersMonth(deps, incoming, verb);
    if ('kind' in read) return read;
    return reportForm(deps, read.month, outcome.kept, verb.page, verb.part + 1);
  }
  return showAfterReply(deps, incoming, verb, messageId, !outcome.repeat, {
    note: reportNote(deps, outcome),
    onward: true,
  });
}

/** "None this time": the board has nothing to decide, and business as usual stands as it stood. */
export async function reportNone(
  deps: TurnDeps,
  incoming: Incoming,
  verb: VerbOf<'reportNone'>,
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
      return showAfterReply(deps, incoming, verb, messageId, !outcome.repeat, {
        note: reportNote(deps, outcome),
        onward: true,
      });
    case 'refused':
      return sentence(deps.words.say('chat.badButton'));
    case 'newer': {
      const read = await readPressersMonth(deps, incoming, verb);
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
function saidIn(report: GroupReport, verb: VerbOf<'reportSave'>, data: unknown): ReportSaid {
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

function reportForm(
  deps: TurnDeps,
  { plan, cycle, late }: Month,
  report: GroupReport,
  page: number,
  part: number,
  came: Parameters<typeof presentReport>[3] = {},
): InvokeAnswer {
  const about = { plan, period: cycle.period, report, page, part, state: late ? 'late' : 'open' } as const;
  return cardOf(presentReport(about, deps.clock.now(), deps.words, came));
}

function reportNote(
  { words }: TurnDeps,
  { kept: report, found, late }: Extract<ReturnOutcome, { outcome: 'saved' }>,
): string {
  const isNone = (report.last?.recommendation ?? '') === '';
  return words.say(late ? 'report.savedLate' : 'report.saved', {
    name: groupName(found.plan, report.group),
    text: words.say(isNone ? 'report.savedNone' : 'report.savedSome'),
  });
}

async function reportNotKept(
  deps: TurnDeps,
  incoming: Incoming,
  verb: { readonly period: Period },
  report: GroupReport | null,
  outcome: Exclude<ReturnOutcome, { outcome: 'saved' | 'refused' | 'newer' }>,
): Promise<InvokeAnswer> {
  if (outcome.outcome !== 'gone' && outcome.outcome !== 'not-yours')
    return notTaken(deps, incoming, verb.period, outcome);
  if (outcome.outcome === 'gone' || !report) return sentence(deps.words.say('measure.gone'));
  return sentence(notYourReport(deps, outcome.plan, report));
}

function notYourReport(deps: TurnDeps, plan: Plan, report: GroupReport): string {
  const name = groupName(plan, report.group);
  const leads = report.leads.map((lead) => plain(lead.name)).join(', ');
  return leads === ''
    ? deps.words.say('report.notYoursNobody', { name })
    : deps.words.say('report.notYours', { name, leads });
}

function groupName(plan: Plan, group: string): string {
  const title = plan.groups.find(({ ref }) => ref === group)?.title ?? '';
  return plain(`${group} ${cut(plain(title), NAME_LIMIT)}`);
}
