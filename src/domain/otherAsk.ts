import { askedOwners, type Measure } from './measure';
import type { Period } from './period';
import type { NamedLead } from './plan';
import type { GroupReport } from './planDetail';

/** What a month asks beside actions: a measure's reading, or what a group's leads report to the board. */
export interface OtherAsk {
  /** Names it among all that a month asks: `measure|<id>`, `report|<id>`. */
  readonly key: string;
  /** Who is asked. */
  readonly leads: readonly NamedLead[];
  /** The period that it was last answered in; null while nobody has. */
  readonly answeredIn: Period | null;
}

/** What a month asks about measures and to groups' leads. What names nobody is asked of nobody. */
export function otherAsksOf(measures: readonly Measure[], reports: readonly GroupReport[]): OtherAsk[] {
  return [...measures.filter(({ tracked }) => tracked).map(measureAsk), ...reports.map(reportAsk)].filter(
    ({ leads }) => leads.length > 0,
  );
}

/** A measure's reading, as something asked. */
export function measureAsk(measure: Measure): OtherAsk {
  return { key: `measure|${measure.id}`, leads: askedOwners(measure), answeredIn: measure.readIn };
}

/** A group's report to the board, as something asked. */
export function reportAsk(report: GroupReport): OtherAsk {
  return { key: `report|${report.id}`, leads: report.leads, answeredIn: report.last?.period ?? null };
}
