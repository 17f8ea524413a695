import { countByStatus, type EarlierTotals } from '../domain/figures';
import { standingsOf } from '../domain/measureStanding';
import { newMessage } from '../domain/message';
import { otherAsksOf } from '../domain/otherAsk';
import type { Period } from '../domain/period';
import { monthsOf, type NamedLead, type Plan } from '../domain/plan';
import type { GroupReport } from '../domain/planDetail';
import { type Position, type ReportStanding, takePosition } from '../domain/position';
import { askedAs, asksSomething, promptPrefix, unansweredOthers } from '../domain/prompt';
import { type Snapshot, snapshotOf } from '../domain/snapshot';
import { scaleAt } from '../domain/status';
import { mapInSlices } from './inSlices';
import type { Deps } from './ports';
import { readOthers } from './readOthers';

/** A position with every action behind it. */
export interface PositionView {
  readonly position: Position;
  readonly actions: ReadonlyMap<string, Snapshot>;
}

type ViewDeps = Pick<Deps, 'plans' | 'months' | 'measures' | 'clock'>;

/** The position as it stands now, for a period: what would be published. */
export async function currentPosition(deps: ViewDeps, plan: Plan, period: Period): Promise<PositionView> {
  const [actions, prompts, positions, typed, leads, { measures, reports }, readings] = await Promise.all([
    deps.plans.readActions(plan.id),
    deps.months.readMessages(plan.id, promptPrefix(period)),
    deps.months.readPositions(plan.id),
    deps.months.readEarlierTotals(plan.id),
    deps.plans.readLeads(plan.id),
    readOthers(deps, plan),
    plan.measures ? deps.measures.readReadings(plan.id) : [],
  ]);
  const others = otherAsksOf(measures, reports);
  const scale = scaleAt(plan.scales, period);
  const snapshots = await mapInSlices(actions, (action) => snapshotOf(action, scale));
  const earlier = positions.filter((position) => position.period < period);
  const records = new Map(leads.map(({ value }) => [value.lead.key, value]));
  const byActionId = new Map(actions.map((action) => [action.id, action]));
  const asked = prompts
    .flatMap(({ value }) => askedAs(value, records, byActionId, others))
    .flatMap((part) => {
      const lead: NamedLead | undefined = records.get(part.leads[0] ?? '')?.lead;
      const othersLeft = unansweredOthers({ others: part.others, period }, others).map(({ key }) => key);
      return lead && asksSomething(part) ? [{ lead, actions: part.actions, othersLeft }] : [];
    });
  // What is worked out before storage is asked again keeps the event loop less long than all in one.
  const before = await deps.months.readSnapshots(plan.id, earlier.at(-1)?.period ?? 'loaded');
  const position = takePosition({
    period,
    at: deps.clock.now(),
    planTitle: plan.title,
    scale,
    groups: plan.groups,
    actions: snapshots,
    before,
    earlier: [...earlier.map(totalsOf), ...typed],
    asked,
    months: monthsOf(plan),
    ...(measures.length > 0 ? { measures: standingsOf(measures, readings, period) } : {}),
    ...(reports.length > 0 ? { reports: reports.map((report) => reportStanding(plan, report, period)) } : {}),
  });
  return { position, actions: byId(snapshots) };
}

/** A published position, to the digit as it was; null when the period was not published. */
export async function publishedPosition(
  deps: Pick<Deps, 'months'>,
  plan: Plan,
  period: Period,
): Promise<PositionView | null> {
  const position = await deps.months.readPosition(plan.id, period);
  if (!position) return null;
  return { position, actions: byId(await deps.months.readSnapshots(plan.id, period)) };
}

/** The period that a "now" is about: the latest opened, or that of the loaded file, or this month. */
export function periodNow(plan: Plan, thisMonth: Period): Period {
  return plan.latest ?? plan.asOf ?? thisMonth;
}

/** The board's post for a published period, planned once; `again` plans one more when somebody says that the first never came. */
export function postMessage(period: Period, again = 0) {
  return newMessage({
    key: again ? `post|${period}|${again}` : `post|${period}`,
    kind: 'post',
    period,
    to: 'channel',
  });
}

function reportStanding(plan: Plan, { group, last, assurance }: GroupReport, period: Period): ReportStanding {
  const said = last?.period === period;
  return {
    group,
    title: plan.groups.find(({ ref }) => ref === group)?.title ?? '',
    said,
    recommendation: said ? last.recommendation : '',
    by: said ? last.by.name : null,
    assurance,
  };
}

/** A published position's totals, as later ones are compared with them. */
export function totalsOf(position: Position): EarlierTotals {
  const counts = countByStatus([]);
  const filled = Object.fromEntries(position.figures.map(({ key, count }) => [key, count]));
  return {
    period: position.period,
    counts: { ...counts, ...filled },
    scale: position.scale.id,
    from: 'published',
  };
}

function byId(snapshots: readonly Snapshot[]): ReadonlyMap<string, Snapshot> {
  return new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));
}
