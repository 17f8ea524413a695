import type { IsoDate, Period } from './period';
import { type Action, askedLeads, dueDate, isLive, type NamedLead, type Printed } from './plan';
import { compareRefs, compareText } from './refs';
import type { StatusKey, StatusScale } from './status';

/** One action as it stood when a position was taken. Frozen with a published position. */
export interface Snapshot {
  readonly id: string;
  readonly ref: string;
  readonly group: string;
  readonly title: string;
  /** Who is asked for it: its own leads, or its group's where it names none. */
  readonly leads: readonly NamedLead[];
  /** `leads` are its group's, since it names none of its own. Absent where they are its own. */
  readonly ledByGroup?: true;
  /** Refs of the actions that it is reported under; absent where there are none. */
  readonly see?: readonly string[];
  /** What the plan prints of it besides, but for its cells as they stood. Absent where it prints nothing. */
  readonly printed?: Partial<Omit<Printed, 'raw'>>;
  readonly status: StatusKey | null;
  readonly percent: number | null;
  readonly narrative: string;
  /** Period that the narrative was said in; null when it came with the plan. */
  readonly narrativeFrom: Period | null;
  readonly barriers: string;
  readonly ask: string;
  readonly due: IsoDate | null;
  /** Dates as people read them, planned and revised, as written. */
  readonly plannedText: string;
  readonly revisedText: string;
  readonly live: boolean;
  /** Period of the last accepted update; null if none ever. */
  readonly updatedIn: Period | null;
}

/** One action as a position sees it. `scale` tells whether it is live. */
export function snapshotOf(action: Action, scale: StatusScale): Snapshot {
  return {
    id: action.id,
    ref: action.ref,
    group: action.group,
    title: action.title,
    leads: askedLeads(action),
    ...(action.leads.length === 0 && action.groupLeads.length > 0 ? { ledByGroup: true as const } : {}),
    ...(action.see.length > 0 ? { see: action.see } : {}),
    ...printedIn(action),
    status: action.status.key,
    percent: action.percent,
    narrative: action.narrative,
    narrativeFrom: action.narrativeFrom,
    barriers: action.barriers,
    ask: action.ask,
    due: dueDate(action),
    plannedText: action.planned?.text ?? '',
    revisedText: action.revised?.text ?? '',
    live: isLive(action, scale),
    updatedIn: action.updatedIn,
  };
}

function printedIn({ printed }: Action): Pick<Snapshot, 'printed'> {
  if (!printed) return {};
  const { raw: _, ...kept } = printed;
  return Object.keys(kept).length > 0 ? { printed: kept } : {};
}

/** Refs repeat, so the id decides between equal ones: the order must not hang on the order of the input. */
export function compareSnapshots(a: Pick<Snapshot, 'ref' | 'id'>, b: Pick<Snapshot, 'ref' | 'id'>): number {
  return compareRefs(a.ref, b.ref) || compareText(a.ref, b.ref) || compareText(a.id, b.id);
}
