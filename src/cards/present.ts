import { keepBackInSlices } from '../app/keepBackInSlices';
import type { Content } from '../app/ports';
import type { Month } from '../app/readMonth';
import type { PositionView } from '../app/viewPosition';
import type { Asked } from '../app/whoIsSilent';
import { dayIn } from '../domain/calendar';
import type { Cycle } from '../domain/cycle';
import { keptBackRefs } from '../domain/keptBack';
import type { Measure } from '../domain/measure';
import type { Message } from '../domain/message';
import type { Period } from '../domain/period';
import { type Action, monthsOf, type Plan } from '../domain/plan';
import type { GroupReport } from '../domain/planDetail';
import { answererOf, type LeadRecord } from '../domain/prompt';
import { scaleAt } from '../domain/status';
import type { Words } from '../words/words';
import type {
  FormFacts,
  LeadMatch,
  MonthFacts,
  OpenedFacts,
  PostFacts,
  Reader,
  ReadingRow,
  ReportFacts,
  ReportRow,
  SettleFacts,
  SilentFacts,
  TypedReading,
} from './facts';
import { formCard } from './form';
import { greetingCard } from './greeting';
import { monthCard } from './month';
import { openedCard } from './opened';
import { postCard } from './post';
import { reportCard, reportSummary } from './report';
import { settleCard } from './settle';
import { silentCard } from './silent';
import {
  formSummary,
  greetingSummary,
  monthSummary,
  openedSummary,
  postSummary,
  settleSummary,
  silentSummary,
} from './summaries';

/*
 * From what the use cases answer to what people see: each function gathers a card's facts and gives the message that shows it.
 */

/** How the reader of a plan's cards sees time. */
export function readerOf(plan: Plan, now: Date): Reader {
  const { zone } = plan.calendar;
  const months = monthsOf(plan);
  return { zone, today: dayIn(zone, now), ...(months > 1 ? { periodMonths: months } : {}) };
}

/** How a month is to be shown. */
export interface MonthLook {
  readonly page?: number;
  /** See {@link MonthFacts.onward}; so it is unless a page is asked for. */
  readonly onward?: boolean;
  readonly note?: string | null;
  readonly showDelivered?: boolean;
  readonly kind?: MonthFacts['kind'];
  /** See {@link MonthFacts.message}. */
  readonly message?: string;
  /** What came back in the fields of measures, by measure. */
  readonly typed?: ReadonlyMap<string, TypedReading>;
}

/** A lead's month. `me` is whose it is: their name tells their own answers from others'. */
export function presentMonth(
  month: Month,
  me: { readonly name: string; readonly userId: string | null },
  now: Date,
  words: Words,
  look: MonthLook = {},
): Content {
  const { plan, cycle } = month;
  const facts: MonthFacts = {
    ...readerOf(plan, now),
    plan: plan.id,
    planTitle: plan.title,
    period: cycle.period,
    scale: scaleAt(plan.scales, cycle.period),
    closes: new Date(month.late ? (cycle.closedAt ?? cycle.closes) : cycle.closes),
    state: month.late ? 'late' : 'open',
    userId: me.userId,
    rows: month.asked.map((action) => {
      const answered = action.updatedIn === cycle.period;
      return {
        action,
        groupTitle: groupTitle(plan, action),
        answered,
        answeredBy: answered && action.updatedBy !== me.name ? action.updatedBy : null,
      };
    }),
    ...(month.measures.length > 0
      ? { readings: month.measures.map((measure) => readingRow(measure, cycle.period, me, look)) }
      : {}),
    ...(month.reports.length > 0
      ? { reports: month.reports.map((report) => reportRowOf(plan, report, cycle.period, me)) }
      : {}),
    page: look.page ?? 0,
    onward: look.onward ?? look.page === undefined,
    delivered: month.delivered,
    showDelivered: look.showDelivered ?? false,
    note: look.note ?? null,
    kind: look.kind ?? 'first',
    ...(look.message === undefined ? {} : { message: look.message }),
  };
  return { summary: monthSummary(facts, words), card: monthCard(facts, words) };
}

function readingRow(
  measure: Measure,
  period: Period,
  me: { readonly name: string },
  look: MonthLook,
): ReadingRow {
  const answered = measure.readIn === period;
  const by = answered ? (measure.readBy?.name ?? null) : null;
  return {
    measure,
    answered,
    answeredBy: by === me.name ? null : by,
    typed: look.typed?.get(measure.id) ?? null,
  };
}

function reportRowOf(
  plan: Plan,
  report: GroupReport,
  period: Period,
  me: { readonly name: string },
): ReportRow {
  const said = report.last?.period === period ? report.last : null;
  return {
    report,
    groupTitle: titleOfGroup(plan, report.group),
    answered: said !== null,
    answeredBy: said && said.by.name !== me.name ? said.by.name : null,
  };
}

/** The form in which a group's leads say what the board should decide. */
export function presentReport(
  about: Pick<ReportFacts, 'period' | 'report' | 'page' | 'part' | 'state'> & { readonly plan: Plan },
  now: Date,
  words: Words,
  came: Partial<Pick<ReportFacts, 'typed' | 'faults' | 'newer'>> = {},
): Content {
  const facts: ReportFacts = {
    ...readerOf(about.plan, now),
    ...about,
    plan: about.plan.id,
    groupTitle: titleOfGroup(about.plan, about.report.group),
    typed: null,
    faults: [],
    newer: false,
    ...came,
  };
  return { summary: reportSummary(facts, words), card: reportCard(facts, words) };
}

/** The form of one action: as it is opened, or as it comes back when a reply was not kept. */
export function presentForm(
  about: {
    readonly plan: Plan;
    readonly period: Period;
    readonly action: Action;
    readonly late: boolean;
    readonly left: number;
    readonly page: number;
  },
  now: Date,
  words: Words,
  came: Partial<Pick<FormFacts, 'typed' | 'refused' | 'asked' | 'newer' | 'wantsSentence' | 'after'>> = {},
): Content {
  const facts: FormFacts = {
    ...readerOf(about.plan, now),
    plan: about.plan.id,
    period: about.period,
    scale: scaleAt(about.plan.scales, about.period),
    action: about.action,
    groupTitle: groupTitle(about.plan, about.action),
    state: about.late ? 'late' : 'open',
    left: about.left,
    page: about.page,
    typed: null,
    refused: [],
    asked: [],
    newer: null,
    version: about.action.version,
    wantsSentence: false,
    ...came,
  };
  return { summary: formSummary(facts, words), card: formCard(facts, words) };
}

/** Facts as many may read them: see `keepBack` in `src/domain/keptBack.ts`. */
export function forMany<Facts extends object>(facts: Facts, { today }: Reader, words: Words): Promise<Facts> {
  return keepBackInSlices(facts, today, words.say('post.keptBack'));
}

/** The board's post, its preview, or the position today. */
export async function presentPosition(
  plan: Plan,
  kind: PostFacts['kind'],
  view: PositionView,
  now: Date,
  words: Words,
): Promise<Content> {
  const reader = readerOf(plan, now);
  const shown = await forMany(view, reader, words);
  const keptBack = keptBackRefs(view, shown);
  const facts: PostFacts = {
    ...reader,
    plan: plan.id,
    planTitle: plan.title,
    kind,
    ...shown,
    ...(keptBack.length > 0 ? { keptBack } : {}),
  };
  return { summary: postSummary(facts, words), card: postCard(facts, words) };
}

/** Who has not answered in a period. */
export function presentSilent(
  plan: Plan,
  period: Period,
  ledger: { readonly asked: readonly Asked[]; readonly leaderless: readonly Action[] },
  now: Date,
  words: Words,
): Content {
  const facts: SilentFacts = {
    ...readerOf(plan, now),
    plan: plan.id,
    period,
    asked: ledger.asked.length,
    silent: ledger.asked
      .filter(({ left }) => left > 0)
      .map((asked) => ({
        name: asked.name,
        left: asked.left,
        of: asked.of,
        outcome: asked.officerAnswers ? 'officer-answers' : outcomeOf(asked.prompt),
        reminded: asked.reminded,
      })),
    leaderless: ledger.leaderless,
  };
  return { summary: silentSummary(facts, words), card: silentCard(facts, words) };
}

/** That a month was opened, with what stands in its way: who can't be reached, what has nobody to ask. */
export function presentOpened(
  plan: Plan,
  cycle: Cycle,
  ledger: { readonly asked: readonly Asked[]; readonly leaderless: readonly Action[] },
  now: Date,
  words: Words,
  wasOpen = false,
): Content {
  const reached = ledger.asked.filter(({ prompt }) => prompt.to !== null && prompt.state !== 'unreachable');
  const facts: OpenedFacts = {
    ...readerOf(plan, now),
    plan: plan.id,
    period: cycle.period,
    since: wasOpen ? new Date(cycle.openedAt) : null,
    closes: new Date(cycle.closes),
    asked: reached.length,
    actions: new Set(reached.flatMap(({ prompt }) => prompt.actions)).size,
    unreachable: ledger.asked
      .filter((asked) => !reached.includes(asked))
      .map(({ name, of, prompt }) => ({
        name,
        actions: of,
        why: prompt.why ?? 'not-matched',
      })),
    officerAnswers: reached
      .filter(({ officerAnswers }) => officerAnswers)
      .map(({ name, of }) => ({ name, actions: of })),
    leaderless: ledger.leaderless,
  };
  return { summary: openedSummary(facts, words), card: openedCard(facts, words) };
}

/** The leads of a plan that are still nobody, with how many actions wait for them. */
export function openNames(
  leads: readonly LeadRecord[],
  actions: readonly Action[],
  nameOf: ReadonlyMap<string, string>,
): LeadMatch[] {
  return leads
    .filter((record) => answererOf(record) === null)
    .map(({ lead, proposed }) => ({
      lead,
      actions: actions.filter((action) => asks(action, lead.key)).length,
      proposed: proposed.flatMap((id) => {
        const name = nameOf.get(id);
        return name ? [{ id, name }] : [];
      }),
    }))
    .sort((a, b) => b.actions - a.actions || a.lead.name.localeCompare(b.lead.name, 'en'));
}

/** The greeting in the team. */
export function presentGreeting(
  plan: Plan,
  facts: {
    readonly actions: number;
    readonly live: number;
    readonly leads: number;
    readonly unmatched: readonly LeadMatch[];
    readonly officer: string;
  },
  words: Words,
): Content {
  const greeting = {
    plan: plan.id,
    planTitle: plan.title,
    actions: facts.actions,
    live: facts.live,
    groups: plan.groups.length,
    leads: facts.leads,
    matched: facts.leads - facts.unmatched.length,
    unmatched: facts.unmatched,
    officer: facts.officer,
    channelName: plan.binding?.channelName ?? '',
  };
  return { summary: greetingSummary(greeting, words), card: greetingCard(greeting, words) };
}

/** The names that a programme officer is to settle. */
export function presentSettle(facts: SettleFacts, words: Words): Content {
  return { summary: settleSummary(facts, words), card: settleCard(facts, words) };
}

/** The title of an action's group, or its ref where the plan gives none. */
export function groupTitle(plan: Plan, action: Action): string {
  return titleOfGroup(plan, action.group);
}

function titleOfGroup(plan: Plan, group: string): string {
  return plan.groups.find(({ ref }) => ref === group)?.title ?? group;
}

function outcomeOf(prompt: Message): SilentFacts['silent'][number]['outcome'] {
  if (prompt.to === null) return 'not-matched';
  switch (prompt.state) {
    case 'sent':
    case 'unreachable':
    case 'unconfirmed':
      return prompt.state;
    default:
      return 'planned';
  }
}

function asks(action: Action, lead: string): boolean {
  const asked = action.leads.length > 0 ? action.leads : action.groupLeads;
  return asked.some(({ key }) => key === lead);
}
