import type { Message } from '../domain/message';
import { measureAsk, otherAsksOf, reportAsk } from '../domain/otherAsk';
import type { Period } from '../domain/period';
import type { Action, Plan } from '../domain/plan';
import { askedAs, asksSomething, promptPrefix } from '../domain/prompt';
import { compareRefs } from '../domain/refs';
import type { Update } from '../domain/update';
import type { Deps } from './ports';
import { readOthers } from './readOthers';
import { inParallel } from './retry';

/** An answer that stands. */
export interface Answered {
  readonly by: string;
  readonly at: string;
  readonly onBehalfOf: string | null;
  readonly late: boolean;
  readonly kind: 'answer' | 'no-change';
}

/** One lead in the ledger of a cycle. */
export interface LedgerEntry {
  /** The lead's names as the plan prints them. */
  readonly lead: string;
  /** Whom the prompt went to; null when nobody was found. */
  readonly person: string | null;
  /** Whether that is somebody who covers for the lead. */
  readonly covered: boolean;
  /** What became of the prompt. */
  readonly prompt: Message;
  /** The reminders of this period to the same person, oldest first, with what became of each. */
  readonly reminders: readonly Message[];
  /** What was asked, in ref order, with the answer that stands. */
  readonly actions: readonly {
    readonly id: string;
    readonly ref: string;
    readonly title: string;
    readonly answer: Answered | null;
  }[];
  /** The measures and the group's reports that were asked for: a measure's name, or the group's ref. */
  readonly others: readonly {
    readonly kind: 'measure' | 'report';
    readonly name: string;
    readonly answer: Omit<Answered, 'kind'> | null;
  }[];
}

/** Which entries are wanted, counted from 0: a page of a card, or (without) all for an export. */
export interface Page {
  readonly from: number;
  readonly most: number;
}

/** How many actions are read side by side. */
const WIDTH = 8;

/**
 * The ledger of a cycle: who was asked about what, when, what became of it, when they were reminded, who answered and when. Answers come from the
 * updates themselves, so that it says the same of a month long past. One query for each action of the entries that are wanted.
 */
export async function readCycleLedger(
  deps: Pick<Deps, 'plans' | 'months' | 'people' | 'measures'>,
  plan: Plan,
  period: Period,
  page?: Page,
): Promise<{ readonly entries: readonly LedgerEntry[]; readonly of: number }> {
  const [prompts, reminders, list, leads, people, { measures, reports }, readings] = await Promise.all([
    deps.months.readMessages(plan.id, promptPrefix(period)),
    deps.months.readMessages(plan.id, `reminder|${period}|`),
    deps.plans.readActions(plan.id),
    deps.plans.readLeads(plan.id),
    deps.people.readMembers(plan.binding?.tenant ?? '', plan.id),
    readOthers(deps, plan),
    plan.measures ? deps.measures.readReadings(plan.id) : [],
  ]);
  const asks = otherAsksOf(measures, reports);
  const actions = new Map(list.map((action) => [action.id, action]));
  const byKey = new Map(leads.map(({ value }) => [value.lead.key, value]));
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const all = prompts
    .map(({ value }) => value)
    .filter(asksSomething)
    .flatMap((prompt) => askedAs(prompt, byKey, actions, asks).map((part) => ({ prompt, part })))
    .map(({ prompt, part }) => ({
      lead: part.leads.map((key) => byKey.get(key)?.lead.name ?? key).join(', '),
      prompt,
      part,
    }))
    .sort((a, b) => a.lead.localeCompare(b.lead, 'en') || a.prompt.key.localeCompare(b.prompt.key));
  const wanted = page ? all.slice(page.from, page.from + page.most) : all;
  const answers = new Map<string, Answered | null>();
  const ids = [...new Set(wanted.flatMap(({ part }) => part.actions))];
  await inParallel(ids, WIDTH, async (id) => {
    answers.set(id, standing(await deps.plans.readUpdates(plan.id, id), period));
  });
  const others = new Map<string, LedgerEntry['others'][number]>();
  for (const measure of measures) {
    const said = readings.filter((one) => one.measure === measure.id && one.period === period && one.by);
    others.set(measureAsk(measure).key, { kind: 'measure', name: measure.name, answer: latestOf(said) });
  }
  const reported = reports.filter((report) =>
    wanted.some(({ part }) => part.others.includes(reportAsk(report).key)),
  );
  await inParallel(reported, WIDTH, async (report) => {
    const said = (await deps.measures.readReturns(plan.id, report.id)).filter((one) => one.period === period);
    others.set(reportAsk(report).key, { kind: 'report', name: report.group, answer: latestOf(said) });
  });
  const entries = wanted.map(({ lead, prompt, part }): LedgerEntry => {
    const asked = part.actions.flatMap((id): Action[] => {
      const action = actions.get(id);
      return action ? [action] : [];
    });
    return {
      lead,
      person: prompt.to === null ? null : (names.get(prompt.to) ?? prompt.to),
      covered: part.covered,
      prompt,
      reminders: reminders
        .map(({ value }) => value)
        .filter(({ to }) => to !== null && to === prompt.to)
        .sort((a, b) => (a.sentAt ?? '').localeCompare(b.sentAt ?? '')),
      actions: asked
        .sort((a, b) => compareRefs(a.ref, b.ref))
        .map(({ id, ref, title }) => ({ id, ref, title, answer: answers.get(id) ?? null })),
      others: part.others.flatMap((key) => others.get(key) ?? []),
    };
  });
  return { entries, of: all.length };
}

/** What was said last of a measure or by a group's leads. */
function latestOf(
  said: readonly (Omit<Answered, 'kind' | 'by'> & {
    readonly version: number;
    readonly by: { readonly name: string } | null;
  })[],
): Omit<Answered, 'kind'> | null {
  const last = [...said].sort((a, b) => a.version - b.version).at(-1);
  if (!last) return null;
  const { by, at, onBehalfOf, late } = last;
  return { by: by?.name ?? '', at, onBehalfOf, late };
}

/** The answer of a period that stands: the last that was not taken back. What a file said is nobody's answer. */
function standing(updates: readonly Update[], period: Period): Answered | null {
  const said: Answered[] = [];
  for (const update of [...updates].sort((a, b) => a.version - b.version)) {
    if (update.period !== period) continue;
    const { kind, by, at, onBehalfOf, late } = update;
    if (kind === 'undo') said.pop();
    else if (kind !== 'loaded') said.push({ by: by.name, at, onBehalfOf, late, kind });
  }
  return said.at(-1) ?? null;
}
