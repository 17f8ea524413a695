import { findPersonalData } from './disclosure';
import type { Period } from './period';
import type { NamedLead } from './plan';
import type { UnderstoodMilestone, UnderstoodOutcome, UnderstoodRecommendation } from './understood';

/** What a plan says beside its actions and measures. No reply reads it, so it stands apart from the plan's own row. */
export interface PlanDetail {
  readonly outcomes: readonly UnderstoodOutcome[];
  readonly milestones: readonly UnderstoodMilestone[];
  /** What the file that was loaded asks the board to decide. What leads recommend in a month is kept with the month. */
  readonly recommendations: readonly UnderstoodRecommendation[];
  /** Who the plan's own glossary names, with their codes. */
  readonly people: readonly GlossaryPerson[];
  /** What the file says of a group as a whole; groups of which it says nothing are left out. */
  readonly narratives: readonly { readonly group: string; readonly text: string }[];
  /** Business as usual of no group: nobody is asked about it. */
  readonly assurance: readonly AssuranceLine[];
}

export interface GlossaryPerson {
  readonly code: string | null;
  readonly name: string;
  readonly role: string | null;
  readonly organisation: string | null;
}

/** A line of business as usual: an activity, whether it is complete, and what it changed, in the plan's words. */
export interface AssuranceLine {
  /** Given at load; never changes. */
  readonly id: string;
  readonly activity: string;
  readonly complete: string;
  readonly impact: string;
}

export const NO_DETAIL: PlanDetail = {
  outcomes: [],
  milestones: [],
  recommendations: [],
  people: [],
  narratives: [],
  assurance: [],
};

/**
 * What a group's leads report to the board beside its actions: what it should decide, and how the group's business as usual stands. One for each group of
 * a plan that reports such things.
 */
export interface GroupReport {
  /** Given at load; never changes. */
  readonly id: string;
  /** Ref of the group. */
  readonly group: string;
  /** Who is asked: the group's leads. */
  readonly leads: readonly NamedLead[];
  readonly assurance: readonly AssuranceLine[];
  /** Counts accepted returns: 0 as loaded. */
  readonly version: number;
  /** What was last said; see {@link GroupReturn}. Null while nobody has said anything. */
  readonly last: GroupReturn | null;
}

/**
 * What a group's leads said in one period. Never changed: a later one of the same period stands beside it and counts instead.
 */
export interface GroupReturn {
  /** Id of the group's report. */
  readonly report: string;
  readonly group: string;
  /** Version of the report that it made. */
  readonly version: number;
  readonly period: Period;
  /** What the board should decide; empty for "none", which is an answer. */
  readonly recommendation: string;
  /** The group's business as usual, whole, as it stood after. */
  readonly assurance: readonly AssuranceLine[];
  readonly by: { readonly id: string; readonly name: string };
  /** UTC ISO. */
  readonly at: string;
  /** The lead it was said for, when somebody else said it; null when they spoke for themselves. */
  readonly onBehalfOf: string | null;
  /** Teams conversation that it came from. */
  readonly chat: string;
  /** Said after the month had closed. */
  readonly late: boolean;
}

/** What is said of one line of business as usual. */
export type LineSaid = Pick<AssuranceLine, 'id' | 'complete' | 'impact'>;

/** What a group's leads say. */
export interface ReportSaid {
  /** What the board should decide; empty for "none". */
  readonly recommendation: string;
  /** The lines that were answered; the others stay as they are. */
  readonly lines: readonly LineSaid[];
}

/** Makes the return, and the report as it is after it. Lines that the report does not have are passed over. */
export function applyReturn(
  report: GroupReport,
  said: ReportSaid,
  saying: Pick<GroupReturn, 'period' | 'by' | 'onBehalfOf' | 'chat' | 'late'> & { readonly at: Date },
): { report: GroupReport; said: GroupReturn } {
  const assurance = assuranceAfter(report, said.lines);
  const version = report.version + 1;
  const given: GroupReturn = {
    report: report.id,
    group: report.group,
    version,
    period: saying.period,
    recommendation: said.recommendation.trim(),
    assurance,
    by: saying.by,
    at: saying.at.toISOString(),
    onBehalfOf: saying.onBehalfOf,
    chat: saying.chat,
    late: saying.late,
  };
  return { report: { ...report, assurance, version, last: given }, said: given };
}

/** Whether a report already says what is being said again, by the same person for the same period: a tap that arrives twice. */
export function isSameReturn(
  report: GroupReport,
  said: ReportSaid,
  period: Period,
  personId: string,
): boolean {
  const { last } = report;
  if (last?.period !== period || last.by.id !== personId) return false;
  const after = assuranceAfter(report, said.lines);
  return (
    last.recommendation === said.recommendation.trim() &&
    JSON.stringify(last.assurance) === JSON.stringify(after)
  );
}

function assuranceAfter({ assurance }: GroupReport, lines: readonly LineSaid[]): AssuranceLine[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return assurance.map((line) => {
    const said = byId.get(line.id);
    return said ? { ...line, complete: said.complete.trim(), impact: said.impact.trim() } : line;
  });
}

/** What must be mended before a return is kept; `field` is the recommendation's or that of a line (its id). */
export interface ReturnFault {
  readonly field: 'recommendation' | { readonly line: string; readonly part: 'complete' | 'impact' };
  readonly fault:
    | { readonly code: 'too-long'; readonly length: number; readonly limit: number }
    | { readonly code: 'personal-data'; readonly match: string };
}

/** Longest recommendation and longest answer about a line, in characters. */
export const RECOMMENDATION_LIMIT = 1_000;
export const LINE_LIMIT = 400;

/** Checks what a group's leads typed: the board's page is read by many, and has an end. `today` is a day in the plan's zone. */
export function checkReturn(said: ReportSaid, today: string): ReturnFault[] {
  const check = (text: string, limit: number, field: ReturnFault['field']): ReturnFault[] => {
    const typed = text.trim();
    if (typed.length > limit) return [{ field, fault: { code: 'too-long', length: typed.length, limit } }];
    const [personal] = findPersonalData(typed, today);
    return personal ? [{ field, fault: { code: 'personal-data', match: personal.match } }] : [];
  };
  return [
    ...check(said.recommendation, RECOMMENDATION_LIMIT, 'recommendation'),
    ...said.lines.flatMap(({ id, complete, impact }) => [
      ...check(complete, LINE_LIMIT, { line: id, part: 'complete' }),
      ...check(impact, LINE_LIMIT, { line: id, part: 'impact' }),
    ]),
  ];
}
