import { distance } from 'fastest-levenshtein';
import { dayIn } from '../domain/calendar';
import type { Draft, DraftContent } from '../domain/draft';
import {
  type DraftQuestion,
  draftQuestions,
  leadsOfPlan,
  movedQuestions,
  notRenumbered,
  settledPlan,
} from '../domain/draftQuestions';
import { diffParts, type PartsDiff } from '../domain/partsDiff';
import { type Period, periodOfDate, readPeriod } from '../domain/period';
import { DEFAULT_CALENDAR, type Plan } from '../domain/plan';
import { answererOf, type LeadRecord } from '../domain/prompt';
import { diffPlan, type ReloadDiff } from '../domain/reload';
import type { FullPlan } from '../domain/understood';
import type { Deps, Stored } from './ports';

/** A draft with everything that a card shows of it, read anew each time. */
export interface DraftView {
  readonly draft: Draft;
  /** As the answers make it. */
  readonly understood: FullPlan;
  readonly roster: DraftContent['roster'];
  readonly questions: readonly DraftQuestion[];
  /** How many people lead something, and how many of them somebody of the team is known for. */
  readonly leads: { readonly all: number; readonly matched: number };
  /** The month that the file is about, and the stored plan's own where the file says none. */
  readonly asOf: Period | null;
  /** For a plan that is stored: the plan, and what the file would change in it. */
  readonly again: {
    readonly plan: Plan;
    readonly diff: ReloadDiff;
    readonly records: readonly LeadRecord[];
    /** What the file would change beside the actions. */
    readonly parts: PartsDiff;
  } | null;
}

/** What became of looking for a draft. */
export type FoundDraft =
  | { readonly found: 'draft'; readonly view: DraftView; readonly stored: Stored<Draft> }
  /** It was loaded or left before; what came of it is in `draft.outcome`. */
  | { readonly found: 'done'; readonly draft: Draft }
  /** It is not there: another file took its place, or it waited too long. */
  | { readonly found: 'none' };

type DraftDeps = Pick<Deps, 'drafts' | 'plans' | 'measures' | 'clock'>;

/** Reads the draft of a person by its id. Only their own can be found. */
export async function readDraft(
  deps: DraftDeps,
  tenant: string,
  person: string,
  id: string,
): Promise<FoundDraft> {
  const stored = await deps.drafts.readDraft(tenant, person);
  if (stored?.value.id !== id) return { found: 'none' };
  if (stored.value.state !== 'kept') return { found: 'done', draft: stored.value };
  if (!isOpen(deps, stored.value)) return { found: 'none' };
  const content = await deps.drafts.readContent(stored.value);
  if (!content) return { found: 'none' };
  const view = await viewOf(deps, stored.value, content);
  return view ? { found: 'draft', view, stored } : { found: 'none' };
}

/** Whether a draft still waits for its confirmation. */
export function isOpen(
  deps: Pick<Deps, 'clock'>,
  { state, expires }: Pick<Draft, 'state' | 'expires'>,
): boolean {
  return state === 'kept' && Date.parse(expires) > deps.clock.realNow().getTime();
}

/** Everything about a draft; null when the plan that it is a new version of is gone. */
export async function viewOf(
  deps: Pick<Deps, 'plans' | 'measures' | 'clock'>,
  draft: Draft,
  content: DraftContent,
): Promise<DraftView | null> {
  const { aim, answers } = draft;
  const again = aim.kind === 'again' ? await readStored(deps, aim.plan) : null;
  if (aim.kind === 'again' && !again) return null;
  const { roster } = content;
  const records = again?.records ?? [];
  const settled = new Set(
    records.filter((record) => answererOf(record) !== null).map(({ lead }) => lead.key),
  );
  const zone = (again?.plan.calendar ?? DEFAULT_CALENDAR).zone;
  const period = periodOfDate(dayIn(zone, deps.clock.now()));
  const understood = settledPlan(content.understood, answers);
  const asOf = understood.plan.asOf ? readPeriod(understood.plan.asOf) : null;
  const diff = again && diffPlan(again.plan, again.actions, understood, asOf);
  const moved = movedQuestions(diff?.moved ?? []);
  const others = notRenumbered(moved, answers);
  const asked = draftQuestions(
    content.understood,
    answers,
    { known: records.map(({ lead }) => lead.name), settled, roster, period },
    distance,
  );
  const questions = [...moved, ...asked];
  const all = leadsOfPlan(understood).length;
  const open = questions.filter(({ kind, id }) => kind === 'lead' && answers[id] === undefined).length;
  return {
    draft,
    understood,
    roster,
    questions,
    leads: { all, matched: roster ? all - open : 0 },
    asOf,
    again:
      again && diff
        ? {
            plan: again.plan,
            records,
            parts: diffParts(again.parts, understood),
            diff: others.size > 0 ? diffPlan(again.plan, again.actions, understood, asOf, others) : diff,
          }
        : null,
  };
}

async function readStored(deps: Pick<Deps, 'plans' | 'measures'>, id: string) {
  const [plan, actions, leads, detail, measures, reports] = await Promise.all([
    deps.plans.readPlan(id),
    deps.plans.readEveryAction(id),
    deps.plans.readLeads(id),
    deps.measures.readDetail(id),
    deps.measures.readMeasures(id),
    deps.measures.readReports(id),
  ]);
  return (
    plan && {
      plan: plan.value,
      actions,
      records: leads.map(({ value }) => value),
      parts: { detail, measures, reports },
    }
  );
}
