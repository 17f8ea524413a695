import { may } from '../domain/authority';
import { DRAFT_HOURS, type Draft, type DraftAim } from '../domain/draft';
import type { Plan } from '../domain/plan';
import type { FullPlan } from '../domain/understood';
import { besideOf, type TwoDrafts } from './chooseDraft';
import { type Caller, memberOf, personId } from './people';
import type { Deps, Team } from './ports';
import { isOpen } from './readDraft';

/** Whether somebody may send a plan, and what it would become. */
export type MaySend =
  /** A new version of the plan of which they are a programme officer. */
  | { readonly may: true; readonly aim: DraftAim; readonly team: Pick<Team, 'id' | 'serviceUrl' | 'tenant'> }
  /** The plan is there, and its programme officers send it; or they have none to send one for. */
  | { readonly may: false; readonly why: 'not-officer' | 'no-team' };

/** Longest content of a draft in characters of JSON: a plan of two thousand actions with a page of words each has fewer. */
const LONGEST_DRAFT = 8_000_000;

/**
 * Who may send a plan in their own chat: a programme officer of `plan` (the one their chat is about), and, for a team where no plan lives
 * yet, whoever added Steward to it. Looked at before a file is fetched.
 */
export async function maySendPlan(
  deps: Pick<Deps, 'people'>,
  caller: Caller,
  plan: Plan | null,
): Promise<MaySend> {
  const id = personId(caller);
  const person = await deps.people.readPerson(caller.tenant, id);
  if (plan?.binding && may('load-plan', { plan, person: id, member: memberOf(person?.value, plan.id) })) {
    const { team, serviceUrl, tenant } = plan.binding;
    return { may: true, aim: { kind: 'again', plan: plan.id }, team: { id: team, serviceUrl, tenant } };
  }
  const waiting = (await deps.people.readNewTeams())
    .map(({ value }) => value)
    .filter((team) => team.tenant === caller.tenant && team.plan === null && team.addedBy?.id === id)
    .sort((a, b) => b.addedAt.localeCompare(a.addedAt));
  const [team] = waiting;
  if (team) return { may: true, aim: { kind: 'first', team: team.id }, team };
  return { may: false, why: plan ? 'not-officer' : 'no-team' };
}

/** Whether a plan that was read can be loaded at all. */
export function hasErrors({ problems }: Pick<FullPlan, 'problems'>): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/**
 * Keeps what was understood of a file as the sender's draft. Where another file of theirs still waits, it is kept beside that, and which is wanted is theirs
 * to say ({@link chooseDraft}). The team's people are read here, once: they are whom its leads are matched to. Null when the file says more than a plan
 * does; nothing is kept then.
 */
export async function keepDraft(
  deps: Pick<Deps, 'drafts' | 'messenger' | 'clock' | 'makeId' | 'log'>,
  caller: Caller,
  sent: Extract<MaySend, { may: true }>,
  fileName: string,
  understood: FullPlan,
): Promise<Draft | TwoDrafts | null> {
  const roster = await deps.messenger.readRoster(sent.team).then(
    (people) => people.map(({ id, name }) => ({ id, name })),
    (error: unknown) => {
      deps.log.warn({ error: String(error) }, 'the roster could not be read for a plan that was sent');
      return null;
    },
  );
  const content = { understood, roster };
  if (JSON.stringify(content).length > LONGEST_DRAFT) return null;
  const now = deps.clock.realNow();
  const person = personId(caller);
  const stored = await deps.drafts.readDraft(caller.tenant, person);
  const present = stored && isOpen(deps, stored.value) ? stored.value : null;
  const draft: Draft = {
    id: deps.makeId(),
    tenant: caller.tenant,
    person: present ? besideOf(person) : person,
    aim: sent.aim,
    fileName,
    receivedAt: now.toISOString(),
    expires: new Date(now.getTime() + DRAFT_HOURS * 3_600_000).toISOString(),
    answers: {},
    state: 'kept',
    outcome: null,
  };
  await deps.drafts.keepDraft(draft, content);
  deps.log.info({ aim: draft.aim.kind, actions: understood.actions.length }, 'a plan was sent in chat');
  return present ? { present, later: draft } : draft;
}
