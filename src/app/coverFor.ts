import type { Covering } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import { newMessage } from '../domain/message';
import type { IsoDate, Period } from '../domain/period';
import type { LeadKey, Plan } from '../domain/plan';
import { answererOf, type Cover, coverOn, isCoverDay, type LeadRecord } from '../domain/prompt';
import { mayDo } from './mayDo';
import { planPrompts } from './openCycle';
import { readOpenMonth } from './openMonth';
import { memberOf, withMember } from './people';
import type { Deps, Person, Stored } from './ports';
import { auditEntry, type Doer } from './readAudit';
import { retryOnConflict } from './retry';
import { forTheWorker } from './wake';

type CoverDeps = Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'makeId' | 'log'>;

/** What asking somebody to cover came to. */
export type CoverOutcome =
  /** `asked`: a month is open, so the deputy is asked now. */
  | {
      readonly outcome: 'covered';
      readonly leads: readonly LeadRecord[];
      readonly cover: Cover;
      readonly asked: boolean;
    }
  /** The very same cover stands already. */
  | { readonly outcome: 'already'; readonly leads: readonly LeadRecord[]; readonly cover: Cover }
  /** Only the lead (or who answers for them) and a programme officer may say so. */
  | { readonly outcome: 'not-yours' }
  | { readonly outcome: 'no-such-lead' }
  /** The deputy must be in the plan's team. */
  | { readonly outcome: 'no-such-person' }
  /** They answer for the lead anyway. */
  | { readonly outcome: 'same-person' }
  /** The day has passed, or is more than a year away. */
  | { readonly outcome: 'bad-day'; readonly today: IsoDate };

/** What ending a cover came to. */
export type EndCoverOutcome =
  | { readonly outcome: 'ended'; readonly leads: readonly LeadRecord[]; readonly from: readonly Cover[] }
  | { readonly outcome: 'no-cover' | 'not-yours' | 'no-such-lead' };

/**
 * Has somebody answer in a lead's place until the end of a day in the plan's zone. `leads`: the names of one person. While it holds the
 * deputy may answer and is asked instead of the lead; the lead may answer too. It runs out by itself, since all that depends on it is
 * worked out from the day. A later cover of the same lead takes the place of an earlier one.
 *
 * Writes the leads with the audit, the notice and the open month's mark in one transaction, then the people concerned
 * ({@link alignCovers}), then the prompts. A stop in between leaves a deputy who may not answer yet, or a former one who still may: saying it
 * again does the rest, and so does the next reading of the roster; prompts are the worker's to make up for.
 */
export async function coverFor(
  deps: CoverDeps,
  plan: Plan,
  by: Doer,
  wish: { readonly leads: readonly LeadKey[]; readonly to: string; readonly until: IsoDate },
): Promise<CoverOutcome> {
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  const asked = await readWish(deps, plan, by, wish.leads);
  if (typeof asked === 'string') return { outcome: asked };
  const deputy = await deps.people.readPerson(plan.binding?.tenant ?? '', wish.to);
  if (!deputy || !memberOf(deputy.value, plan.id)?.present) return { outcome: 'no-such-person' };
  if (asked.some(({ value }) => answererOf(value) === wish.to)) return { outcome: 'same-person' };
  if (!isCoverDay(wish.until, today)) return { outcome: 'bad-day', today };

  const cover: Cover = { person: deputy.value.id, name: deputy.value.name, until: wish.until };
  const isNews = asked.some(({ value }) => !isSameCover(coverOn(value, today), cover));
  const leads = asked.map(({ value }) => ({ ...value, cover }));
  if (!isNews) {
    await alignCovers(deps, plan);
    return { outcome: 'already', leads, cover };
  }
  const open = await changeCover(deps, plan, by, wish.leads, cover);
  deps.log.info({ plan: plan.id, leads: leads.length }, 'cover given');
  return { outcome: 'covered', leads, cover, asked: open !== null };
}

/**
 * Ends the covers of a lead before their day: the lead, their deputy or a programme officer may. In an open month the lead is asked again
 * for what is not answered. Writes as {@link coverFor} does.
 */
export async function endCover(
  deps: CoverDeps,
  plan: Plan,
  by: Doer,
  leads: readonly LeadKey[],
): Promise<EndCoverOutcome> {
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  const records = await deps.plans.readLeads(plan.id);
  const named = records.filter(({ value }) => leads.includes(value.lead.key));
  if (named.length === 0) return { outcome: 'no-such-lead' };
  if (!(await mayDo(deps, plan, by, 'end-cover', { leads }))) return { outcome: 'not-yours' };
  const covered = named.filter(({ value }) => coverOn(value, today) !== null);
  if (covered.length === 0) {
    await alignCovers(deps, plan);
    return { outcome: 'no-cover' };
  }
  const keys = covered.map(({ value }) => value.lead.key);
  await changeCover(deps, plan, by, keys, null);
  deps.log.info({ plan: plan.id, leads: covered.length }, 'cover ended');
  return {
    outcome: 'ended',
    leads: covered.map(({ value }) => ({ ...value, cover: null })),
    from: covered.flatMap(({ value }) => value.cover ?? []),
  };
}

/**
 * Brings what is noted with people in line with the leads' rows: each deputy has the covers that hold today and nobody has another. Saves a reply
 * from having to read the lead's row. Done after every change, and again with each reading of the roster.
 */
export async function alignCovers(deps: Pick<Deps, 'plans' | 'people' | 'clock'>, plan: Plan): Promise<void> {
  const tenant = plan.binding?.tenant ?? '';
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  const [people, records] = await Promise.all([
    deps.people.readMembers(tenant, plan.id),
    deps.plans.readLeads(plan.id),
  ]);
  const wrong = people.filter((person) => !isInLine(person, plan, records, today));
  for (const { id } of wrong) {
    await retryOnConflict(async () => {
      const person = await deps.people.readPerson(tenant, id);
      // Read after the person: whoever changes a lead's row meanwhile changes the person after it, and one of the two begins anew.
      const leads = await deps.plans.readLeads(plan.id);
      if (!person || isInLine(person.value, plan, leads, today)) return;
      const covers = coversOf(person.value, plan, leads, today);
      await deps.people.savePerson({
        etag: person.etag,
        value: withMember(person.value, plan.id, (member) => ({ ...member, covers })),
      });
    });
  }
}

/** The covers that a person has on a day by the leads' rows. */
function coversOf(
  person: Person,
  plan: Plan,
  leads: readonly Stored<LeadRecord>[],
  today: IsoDate,
): Covering[] {
  if (!memberOf(person, plan.id)?.present) return [];
  return leads.flatMap(({ value }) => {
    const cover = coverOn(value, today);
    return cover?.person === person.id ? [{ lead: value.lead.key, until: cover.until }] : [];
  });
}

/** Whether a person's noted covers, those that ran out aside, are those of the leads' rows. */
function isInLine(person: Person, plan: Plan, leads: readonly Stored<LeadRecord>[], today: IsoDate): boolean {
  const said = (covers: readonly Covering[]) =>
    covers
      .filter(({ until }) => until >= today)
      .map(({ lead, until }) => `${until} ${lead}`)
      .sort()
      .join('|');
  return said(memberOf(person, plan.id)?.covers ?? []) === said(coversOf(person, plan, leads, today));
}

/** The leads that a wish is about, if whoever has it may decide for them. */
async function readWish(
  deps: Pick<Deps, 'plans' | 'people' | 'clock'>,
  plan: Plan,
  by: Doer,
  leads: readonly LeadKey[],
): Promise<readonly Stored<LeadRecord>[] | 'no-such-lead' | 'not-yours'> {
  const records = await deps.plans.readLeads(plan.id);
  const named = records.filter(({ value }) => leads.includes(value.lead.key));
  if (named.length === 0 || named.length < new Set(leads).size) return 'no-such-lead';
  return (await mayDo(deps, plan, by, 'cover', { leads })) ? named : 'not-yours';
}

/** Gives leads a cover (or, for null, ends theirs), with all that follows from it; gives the open month, if any. */
async function changeCover(
  deps: CoverDeps,
  plan: Plan,
  by: Doer,
  leads: readonly LeadKey[],
  cover: Cover | null,
): Promise<Period | null> {
  return forTheWorker(deps, plan.id, async () => {
    const open = await commitCover(deps, plan, by, leads, cover);
    await alignCovers(deps, plan);
    if (open) await planPrompts(deps, plan, open);
    return open;
  });
}

/**
 * Commits the cover (or, for null, its end) of leads with all that goes with it, as the rows stand now. In an open month the
 * month's row is marked, so that whoever is to be asked is, whatever stops. Gives the open month, if any.
 */
async function commitCover(
  deps: CoverDeps,
  plan: Plan,
  by: Doer,
  leads: readonly LeadKey[],
  cover: Cover | null,
): Promise<Period | null> {
  return retryOnConflict(async () => {
    const [records, cycle] = await Promise.all([deps.plans.readLeads(plan.id), readOpenMonth(deps, plan.id)]);
    const named = records.filter(({ value }) => leads.includes(value.lead.key));
    const key = `notice|cover|${deps.makeId()}`;
    const notice = newMessage({
      key,
      kind: 'notice',
      period: cycle?.value.period ?? null,
      to: cover?.person ?? null,
      leads,
      about: 'cover-given',
    });
    await deps.plans.commitChange(plan.id, {
      leads: named.map((record) => ({ ...record, value: { ...record.value, cover } })),
      cycle,
      messages: cover && cover.person !== by.id ? [notice] : [],
      audit: named.flatMap(({ value }) => {
        const { key: lead, name } = value.lead;
        if (cover) {
          const to = { id: cover.person, name: cover.name };
          return auditEntry(deps, by, { kind: 'cover-given', lead, name, to, until: cover.until });
        }
        if (!value.cover) return [];
        const from = { id: value.cover.person, name: value.cover.name };
        return auditEntry(deps, by, { kind: 'cover-ended', lead, name, from });
      }),
    });
    return cycle?.value.period ?? null;
  });
}

function isSameCover(one: Cover | null, other: Cover): boolean {
  return one !== null && one.person === other.person && one.until === other.until;
}
