import type { AuditedChange, Named } from './audit';
import type { Period } from './period';
import { type Action, askedLeads, type Group, type LeadKey, type Plan } from './plan';
import type { LeadRecord } from './prompt';
import { type FileFields, isAnsweredSince, type ReloadChoices, type ReloadDiff } from './reload';
import type { ReloadParts } from './reloadParts';
import { applyLoaded, type FileSays, type Update } from './update';

/*
 * The work of loading a plan again, decided once and written down before any of it is done, so that a process that is stopped in the middle is
 * gone on from: each step says what is to be, and does nothing when it is already so.
 */

/** A load as the plan keeps it: at most one at a time, and the last one that was done. */
export interface Reload {
  /** The draft's id; also the mark that each action carries that it wrote. */
  readonly id: string;
  readonly file: string;
  readonly by: Named;
  /** Conversation in which it was confirmed; empty for the command line. */
  readonly chat: string;
  /** UTC ISO, by the clock of the plan's world. */
  readonly at: string;
  /** The month that the file is about; null when it says none. */
  readonly asOf: Period | null;
  /** The period that what the file says is kept under in the actions' history. */
  readonly period: Period;
  readonly answered: ReloadChoices['answered'];
  readonly state: 'running' | 'done';
  readonly counts: ReloadCounts;
}

export interface ReloadCounts {
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  readonly left: number;
}

/** What is to become of one action. */
export type ReloadStep =
  | { readonly kind: 'add'; readonly action: Action }
  | {
      readonly kind: 'change';
      readonly action: string;
      readonly fields: FileFields;
      readonly says: FileSays;
      /** Who led it when this was decided: somebody else meanwhile stays. */
      readonly leadsBefore: readonly LeadKey[];
      /** The leads whom the file named, kept for the next load. */
      readonly printed: readonly LeadKey[];
    }
  | { readonly kind: 'leave'; readonly action: string };

/** All that a load does. */
export interface ReloadWork {
  readonly groups: readonly Group[];
  /** Leads that are new, or that were settled with the file. */
  readonly leads: readonly LeadRecord[];
  readonly steps: readonly ReloadStep[];
  readonly parts: ReloadParts;
}

/** Decides the steps of a load. `actions` are all of the plan that are still in it; new ones are made by `make`. Pure. */
export function reloadSteps(
  diff: ReloadDiff,
  actions: readonly Action[],
  choices: ReloadChoices,
  asOf: Period | null,
  make: (at: number) => Action,
): ReloadStep[] {
  const leadsOf = new Map(diff.groups.map(({ ref, leads }) => [ref, leads]));
  const matched = new Map(diff.matches.map((match) => [match.before.id, match]));
  const changes = diff.matches.flatMap((match): ReloadStep[] => {
    const { before, fields } = match;
    const isTaken = choices.answered === 'file' || !isAnsweredSince(before, asOf);
    const says = isTaken ? match.says : {};
    const isSame =
      sameFields(before, fields) &&
      Object.keys(says).length === 0 &&
      sameLeads(before.groupLeads, leadsOf.get(fields.group) ?? []) &&
      !before.left;
    if (isSame) return [];
    return [
      {
        kind: 'change',
        action: before.id,
        fields,
        says,
        leadsBefore: before.leads.map(({ key }) => key),
        printed: match.handedOver ? (before.loaded?.leads ?? []) : fields.leads.map(({ key }) => key),
      },
    ];
  });
  const others = actions
    .filter(({ id, left }) => !left && !matched.has(id))
    .flatMap((action): ReloadStep[] => {
      const { missing } = choices;
      const hasLeft = Array.isArray(missing) ? missing.includes(action.id) : missing === 'leave';
      if (hasLeft) return [{ kind: 'leave', action: action.id }];
      const groupLeads = leadsOf.get(action.group) ?? action.groupLeads;
      if (sameLeads(action.groupLeads, groupLeads)) return [];
      const { ref, group, title, leads, planned, see, printed: cells } = action;
      const keys = leads.map(({ key }) => key);
      const fields = { ref, group, title, leads, planned, see, ...(cells ? { printed: cells } : {}) };
      const printed = action.loaded?.leads ?? keys;
      return [{ kind: 'change', action: action.id, fields, says: {}, leadsBefore: keys, printed }];
    });
  const added = diff.added.map(({ at }): ReloadStep => {
    return { kind: 'add', action: make(at) };
  });
  return [...changes, ...others, ...added];
}

/** What a step comes to for an action as it stands now. */
export interface CarriedStep {
  readonly after: Action;
  readonly update: Update | null;
  readonly audit: AuditedChange;
}

/**
 * Carries a step out on an action as it stands now, which may have been answered since it was decided: then what the lead said stays (unless
 * the file's was wanted). Null when the load has done it already. Pure.
 */
export function carryStep(
  action: Action,
  step: Exclude<ReloadStep, { kind: 'add' }>,
  reload: Reload,
  groups: readonly Group[],
): CarriedStep | null {
  if (action.loaded?.by === reload.id) return null;
  const { id, at } = reload;
  const base = { kind: 'action-loaded' as const, action: action.id, load: id };
  if (step.kind === 'leave') {
    const after: Action = {
      ...action,
      loaded: { by: id, leads: action.loaded?.leads ?? [] },
      left: { at, by: id },
    };
    return { after, update: null, audit: { ...base, ref: action.ref, how: 'left', changes: [] } };
  }
  const stillLed = sameKeys(
    action.leads.map(({ key }) => key),
    step.leadsBefore,
  );
  const { left, ...there } = action;
  const moved: Action = {
    ...there,
    ...step.fields,
    leads: stillLed ? step.fields.leads : action.leads,
    groupLeads: groups.find(({ ref }) => ref === step.fields.group)?.leads ?? action.groupLeads,
    loaded: { by: id, leads: step.printed },
  };
  const isTaken = reload.answered === 'file' || !isAnsweredSince(action, reload.asOf);
  const said =
    isTaken && Object.keys(step.says).length > 0
      ? applyLoaded(moved, step.says, {
          period: reload.period,
          at: new Date(at),
          by: reload.by,
          chat: reload.chat,
        })
      : null;
  const after = said?.action ?? moved;
  return {
    after,
    update: said?.update ?? null,
    audit: {
      ...base,
      ref: after.ref,
      how: left ? 'back' : 'changed',
      changes: changesBetween(action, after),
    },
  };
}

/** How many actions a load adds, changes, renumbers and takes out. */
export function countsOf(steps: readonly ReloadStep[], diff: ReloadDiff): ReloadCounts {
  return {
    added: steps.filter(({ kind }) => kind === 'add').length,
    changed: steps.filter(({ kind }) => kind === 'change').length,
    moved: diff.matches.filter(({ before, fields }) => before.ref !== fields.ref).length,
    left: steps.filter(({ kind }) => kind === 'leave').length,
  };
}

/** The plan's own row after a load: its groups, and the month of the file where it is later. Title, scale, calendar and people stay. */
export function planAfter(
  plan: Plan,
  groups: readonly Group[],
  asOf: Period | null,
  has: { readonly measures: number; readonly reports: number },
): Plan {
  const isLater = asOf !== null && (plan.asOf === null || asOf > plan.asOf);
  return {
    ...plan,
    groups,
    asOf: isLater ? asOf : plan.asOf,
    ...(has.measures > 0 ? { measures: has.measures } : {}),
    ...(has.reports > 0 ? { reports: has.reports } : {}),
  };
}

/** Longest value in a line of the audit, in characters: what is longer stands in the update beside it. */
const LONGEST_VALUE = 200;

function changesBetween(before: Action, after: Action) {
  const texts = (action: Action): Record<string, string> => ({
    ref: action.ref,
    group: action.group,
    title: action.title,
    leads: askedLeads(action)
      .map(({ name }) => name)
      .join(', '),
    planned: action.planned?.text ?? '',
    revised: action.revised?.text ?? '',
    status: action.status.key ?? '',
    percent: action.percent === null ? '' : String(action.percent),
    narrative: action.narrative,
  });
  const [old, now] = [texts(before), texts(after)];
  return Object.keys(old).flatMap((field) => {
    const [one, other] = [old[field] ?? '', now[field] ?? ''];
    if (one === other) return [];
    return [{ field, before: one.slice(0, LONGEST_VALUE), after: other.slice(0, LONGEST_VALUE) }];
  });
}

function sameFields(before: Action, fields: FileFields): boolean {
  return (
    before.ref === fields.ref &&
    before.group === fields.group &&
    before.title === fields.title &&
    (before.planned?.text ?? '') === (fields.planned?.text ?? '') &&
    before.see.join('|') === fields.see.join('|') &&
    sameLeads(before.leads, fields.leads) &&
    samePrinted(before.printed, fields.printed)
  );
}

/** The raw cells repeat what is compared above: a date that is only written otherwise changes nothing. */
function samePrinted(one: Action['printed'], other: Action['printed']): boolean {
  const { raw: _, ...before } = one ?? {};
  const { raw: __, ...after } = other ?? {};
  return JSON.stringify(before) === JSON.stringify(after);
}

function sameLeads(a: Group['leads'], b: Group['leads']): boolean {
  return (
    a.length === b.length &&
    a.every((lead, at) => lead.key === b[at]?.key && lead.role === b[at]?.role && lead.kind === b[at]?.kind)
  );
}

function sameKeys(a: readonly LeadKey[], b: readonly LeadKey[]): boolean {
  return a.join('|') === b.join('|');
}
