import { foldName } from './likeNames';
import type { Measure, Reading } from './measure';
import type { Group, NamedLead } from './plan';
import type { GroupReport, PlanDetail } from './planDetail';
import { detailFrom, measureFrom, reportsFrom } from './planFromFile';
import type { FullPlan } from './understood';

/** A measure as a later file has it, and the file's own readings. One that the plan knows keeps its id, and what was read here. */
export interface MeasureStep {
  readonly measure: Measure;
  readonly readings: readonly Reading[];
}

/** What a load does beside the actions. */
export interface ReloadParts {
  /** Replaces all of it; null where the file says nothing of the kind. */
  readonly detail: PlanDetail | null;
  readonly measures: readonly MeasureStep[];
  /** What groups report, where a group is new; for the others the file's lines of business as usual, with ids for those that are new. */
  readonly reports: readonly GroupReport[];
}

/**
 * Decides what becomes of a plan's measures, reports and details. Measures are matched by their names and groups, or by a ref that both print with
 * some of the same words; those that the file does not name stay as they are. `makeId` gives the ids of what is new. Pure.
 */
export function reloadParts(
  file: FullPlan,
  groups: readonly Group[],
  stored: { readonly measures: readonly Measure[]; readonly reports: readonly GroupReport[] },
  makeId: () => string,
  at: Date,
): ReloadParts {
  const leadsOf = new Map(groups.map(({ ref, leads }) => [ref, leads]));
  const taken = new Set<string>();
  const measures = file.measures.map((printed, place): MeasureStep => {
    const known = stored.measures.find(
      (measure) => !taken.has(measure.id) && isSameMeasure(measure, printed),
    );
    if (known) taken.add(known.id);
    const groupLeads: readonly NamedLead[] = leadsOf.get(printed.group ?? '') ?? [];
    const id = known?.id ?? makeId();
    const order = known?.order ?? stored.measures.length + place;
    return measureFrom(printed, { id, order, groupLeads, at });
  });
  const detail = detailFrom(file, makeId);
  const saysSomething = Object.values(detail).some((list: readonly unknown[]) => list.length > 0);
  return {
    detail: saysSomething ? detail : null,
    measures,
    reports: reportsFrom(file, groups, makeId).map((report) => {
      const known = stored.reports.find(({ group }) => group === report.group);
      return known ? { ...report, id: known.id } : report;
    }),
  };
}

/** A group's report after a load: new lines of the file's come to it. What its leads have said of a line stays, and so does a line that the file lacks. */
export function reportAfter(now: GroupReport, loaded: GroupReport): GroupReport {
  const known = now.assurance.map((line) => {
    const printed = loaded.assurance.find((one) => foldName(one.activity) === foldName(line.activity));
    if (!printed || now.version > 0) return line;
    return { ...line, complete: printed.complete || line.complete, impact: printed.impact || line.impact };
  });
  const added = loaded.assurance.filter(
    (line) => !known.some((one) => foldName(one.activity) === foldName(line.activity)),
  );
  return { ...now, assurance: [...known, ...added] };
}

/** A measure after a load: what the plan prints of it is the file's, what was read here stays. */
export function measureAfter(now: Measure, loaded: Measure): Measure {
  const { ref, name, group, owners, groupLeads, target, baseline, interim, narrative, tracked } = loaded;
  const { handed, ...kept } = now;
  const isStillHanded =
    handed !== undefined &&
    isSameSet(
      handed,
      owners.map(({ key }) => key),
    );
  return {
    ...(isStillHanded || owners.length === 0 ? now : kept),
    ref: ref ?? now.ref,
    name,
    group: group ?? now.group,
    owners: owners.length > 0 && !isStillHanded ? owners : now.owners,
    groupLeads,
    target: target ?? now.target,
    baseline: baseline || now.baseline,
    interim: interim.length > 0 ? interim : now.interim,
    narrative: narrative || now.narrative,
    tracked: tracked || now.tracked,
    last: now.version === 0 ? (loaded.last ?? now.last) : now.last,
  };
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key) => other.includes(key));
}

/** Whether a file's measure is one that the plan has. */
export function isSameMeasure(
  known: Measure,
  printed: { readonly name: string; readonly ref: string | null; readonly group: string | null },
): boolean {
  const [one, other] = [foldName(known.name), foldName(printed.name)];
  if (one === other) return known.group === printed.group || printed.group === null || known.group === null;
  if (known.ref === null || known.ref !== printed.ref) return false;
  const words = new Set(one.split(' '));
  return other.split(' ').filter((word) => words.has(word)).length * 2 >= words.size;
}
