import { createHash } from 'node:crypto';
import { type EarlierTotals, type Step, stepsBetween } from '../domain/figures';
import type { Measure, Reading } from '../domain/measure';
import type { Period } from '../domain/period';
import type { Action, NamedLead, Plan } from '../domain/plan';
import { NO_DETAIL, type PlanDetail } from '../domain/planDetail';
import type { Position } from '../domain/position';
import { compareText } from '../domain/refs';
import { compareSnapshots, type Snapshot } from '../domain/snapshot';
import type { Update } from '../domain/update';
import type { Deps } from './ports';
import { currentPosition, type PositionView, publishedPosition, totalsOf } from './viewPosition';

/** The papers that Steward gives back. */
export const PAPER_KINDS = ['tracker', 'report'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** What a paper is to be of, and for whom. */
export interface PaperOrder {
  /** A published period, or the plan as it stands now. */
  readonly period: Period | 'now';
  /** For anybody at all: no names of people, no barriers, no asks, no audit. */
  readonly isPublic: boolean;
  /** What leads said: `none` and `cleared` (by a programme officer, for publication) are for public papers. */
  readonly narratives: 'all' | 'cleared' | 'none';
  /** Whether the tracker has its sheet of every update: for programme officers. */
  readonly withAudit: boolean;
}

/** A line of the audit sheet. */
export interface PaperUpdate {
  readonly ref: string;
  readonly title: string;
  readonly update: Update;
}

/** A position from before, whole: a line of the history. */
export type EarlierPosition = Pick<EarlierTotals, 'period' | 'counts' | 'scale'>;

/** Everything that a paper says, before it is put into words. Can be sent to a thread. */
export interface PaperFacts {
  readonly order: PaperOrder;
  readonly planTitle: string;
  /** IANA time zone of the plan. */
  readonly zone: string;
  readonly published: boolean;
  readonly position: Position;
  /** In the position's order. */
  readonly actions: readonly Snapshot[];
  /** Newest first, with the change to its newer neighbour. */
  readonly steps: readonly Step[];
  /** Every position before this one, oldest first. */
  readonly earlier: readonly EarlierPosition[];
  /** Oldest first; empty where the order wants none. */
  readonly updates: readonly PaperUpdate[];
  /** In the plan's order, each with the readings that there were when the position was taken. */
  readonly measures: readonly PaperMeasure[];
  /** What the plan says beside its actions and measures. */
  readonly detail: PlanDetail;
}

/** A measure with its readings, in no order that means anything. */
export interface PaperMeasure {
  readonly measure: Measure;
  readonly readings: readonly Reading[];
}

type PaperDeps = Pick<Deps, 'plans' | 'months' | 'measures' | 'clock'>;

/** Gathers what a paper says; null when the period was never published. A published period comes from what was frozen with it. */
export async function readPaper(
  deps: PaperDeps,
  plan: Plan,
  order: PaperOrder,
  now: Period,
): Promise<PaperFacts | null> {
  const view =
    order.period === 'now'
      ? await currentPosition(deps, plan, now)
      : await publishedPosition(deps, plan, order.period);
  if (!view) return null;
  const { position } = view;
  const [positions, typed, updates, actions, detail, measures, readings] = await Promise.all([
    deps.months.readPositions(plan.id),
    deps.months.readEarlierTotals(plan.id),
    order.withAudit && !order.isPublic ? deps.plans.readAllUpdates(plan.id) : [],
    order.narratives === 'cleared' ? deps.plans.readActions(plan.id) : [],
    deps.measures.readDetail(plan.id),
    plan.measures ? deps.measures.readMeasures(plan.id) : [],
    plan.measures ? deps.measures.readReadings(plan.id) : [],
  ]);
  const known = [...positions.map(totalsOf), ...typed].filter(({ period }) => period < position.period);
  const published = order.period !== 'now';
  // What was said after the figures were frozen belongs to a later paper.
  const isOfThen = ({ at }: { readonly at: string }): boolean => !published || at <= position.at;
  const facts: PaperFacts = {
    order,
    planTitle: position.planTitle ?? plan.title,
    zone: plan.calendar.zone,
    published,
    position,
    actions: inOrder(view),
    steps: stepsBetween(position, known),
    earlier: onePerPeriod(known),
    updates: linesOf(updates.filter(isOfThen), view),
    measures: measures.map((measure) => ({
      measure,
      readings: readings.filter((reading) => reading.measure === measure.id && isOfThen(reading)),
    })),
    detail,
  };
  return order.isPublic ? publicFacts(facts, actions) : facts;
}

/**
 * What everybody may see of it: roles stay, names of people go; what leads said goes, but for words that were cleared for publication
 * as they stand; what stands in the way, what is asked of the board and who said what are the board's own.
 */
export function publicFacts(facts: PaperFacts, actions: readonly Action[]): PaperFacts {
  const cleared = new Map(actions.map((action) => [action.id, action.cleared ?? []]));
  const { position } = facts;
  return {
    ...facts,
    position: {
      ...position,
      groups: position.groups.map((group) => ({ ...group, leads: rolesOf(group.leads ?? []) })),
      silences: position.silences.map((silence) => ({ ...silence, lead: NOBODY })),
      reports: [],
    },
    detail: { ...NO_DETAIL, outcomes: facts.detail.outcomes, milestones: facts.detail.milestones },
    actions: facts.actions.map((action) => {
      const isCleared =
        facts.order.narratives === 'cleared' &&
        (cleared.get(action.id) ?? []).includes(fingerprint(action.narrative));
      return {
        ...action,
        leads: rolesOf(action.leads),
        narrative: isCleared ? action.narrative : '',
        barriers: '',
        ask: '',
      };
    }),
    updates: [],
    measures: facts.measures.map(({ measure, readings }) => ({
      measure: {
        ...measure,
        owners: rolesOf(measure.owners),
        groupLeads: [],
        narrative: '',
        readBy: null,
      },
      readings: readings.map((reading) => ({ ...reading, by: null, onBehalfOf: null, chat: '' })),
    })),
  };
}

/** Names words by what they say, so that clearing them clears nothing else: the first 128 bits of their SHA-256, as hex. */
export function fingerprint(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 32);
}

const NOBODY: NamedLead = { key: '', name: '', role: null, kind: 'lead' };

/** Leads by their role alone, each once; those whose role the plan does not print are left out. */
function rolesOf(leads: readonly NamedLead[]): NamedLead[] {
  const roles = leads.flatMap(({ role, kind }) => (role ? [{ key: '', name: role, role: null, kind }] : []));
  return roles.filter(({ name }, at) => roles.findIndex((one) => one.name === name) === at);
}

/** The position's order is that of refs; the snapshots' is whatever they were stored in. */
function inOrder({ actions, position }: PositionView): Snapshot[] {
  const groups = new Map(position.groups.map(({ ref }, at) => [ref, at]));
  const at = ({ group }: Snapshot): number => groups.get(group) ?? groups.size;
  return [...actions.values()].sort((a, b) => at(a) - at(b) || compareSnapshots(a, b));
}

function linesOf(updates: readonly Update[], { actions }: PositionView): PaperUpdate[] {
  return updates
    .map((update) => {
      // An action that the plan no longer has keeps its updates.
      const action = actions.get(update.action);
      return { ref: action?.ref ?? '', title: action?.title ?? '', update };
    })
    .sort((a, b) => compareText(a.update.at, b.update.at) || compareText(a.update.action, b.update.action));
}

/** Where a period has both published and typed totals, the published ones count. */
function onePerPeriod(totals: readonly EarlierTotals[]): EarlierPosition[] {
  const sorted = [...totals].sort((a, b) => compareText(a.period, b.period) || compareText(a.from, b.from));
  return sorted
    .filter(({ period }, at) => sorted[at - 1]?.period !== period)
    .map(({ period, counts, scale }) => ({ period, counts, scale }));
}
