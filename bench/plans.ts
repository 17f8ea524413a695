import { importPlan } from '../src/app/importPlan';
import type { Deps } from '../src/app/ports';
import type { Binding, Plan } from '../src/domain/plan';
import type { UnderstoodAction, UnderstoodPlan } from '../src/domain/understood';

/** Made plans, their leads and their people. */

/** A lead of a made plan. */
export interface BenchLead {
  readonly name: string;
  readonly objectId: string;
  readonly userId: string;
  readonly conversation: string;
}

/** Who leads, by number within a plan: `Lead bcd` is a name as people have them, without figures. */
export function leadName(n: number): string {
  const letters = n
    .toString(26)
    .replaceAll(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)));
  return `Lena ${letters.charAt(0).toUpperCase()}${letters.slice(1)}son`;
}

export function leadOf(plan: number, n: number): BenchLead {
  const id = `p${plan}l${n}`;
  return { name: leadName(n), objectId: id, userId: `29:${id}`, conversation: `a:${id}` };
}

/** So many actions in ten groups, shared out among the leads in turn: all of them amber, and half done. */
export function madePlan(actions: number, leads: number): UnderstoodPlan {
  const rows = Array.from({ length: actions }, (_, n): UnderstoodAction => {
    const group = String((n % 10) + 1);
    return {
      ref: `${group}.${Math.floor(n / 10) + 1}`,
      group,
      title: `Families know by name whom to ask about step ${n + 1}`,
      leads: [{ name: leadName(n % leads), role: null, kind: 'lead' }],
      planned: null,
      revised: null,
      status: { text: 'A', key: 'amber' },
      percent: 50,
      narrative: 'Half of it is done; the other half begins next month.',
      barriers: '',
      see: [],
    };
  });
  const groups = Array.from({ length: 10 }, (_, n) => ({
    ref: String(n + 1),
    title: `Priority ${n + 1}`,
    leads: [],
  }));
  return {
    plan: { title: 'Bench', asOf: null },
    groups,
    actions: rows,
    measures: [],
    people: [],
    problems: [],
  } as unknown as UnderstoodPlan;
}

export interface LoadOptions {
  readonly number: number;
  readonly actions: number;
  readonly leads: number;
  readonly tenant: string;
  readonly serviceUrl: string;
  /** Whether the leads have a chat with the bot already. */
  readonly chats: boolean;
}

/** Loads a plan, binds it to a team, and settles each lead with a person of their own. */
export async function loadPlan(
  stores: Pick<Deps, 'plans' | 'people' | 'clock' | 'makeId'>,
  options: LoadOptions,
): Promise<Plan> {
  const { tenant, serviceUrl, number } = options;
  const outcome = await importPlan(stores, madePlan(options.actions, options.leads), tenant);
  if (outcome.outcome !== 'loaded') throw new Error('the plan was not loaded');
  const { id } = outcome.plan;
  const people = new Map(Array.from({ length: options.leads }, (_, n) => [leadName(n), leadOf(number, n)]));
  for (const record of await stores.plans.readLeads(id)) {
    const person = people.get(record.value.lead.name);
    if (!person) continue;
    await stores.plans.saveLead(id, {
      ...record,
      value: { ...record.value, person: person.objectId, settled: 'exact' },
    });
    await stores.people.savePerson({
      etag: null,
      value: {
        id: person.objectId,
        tenant,
        userId: person.userId,
        name: person.name,
        email: null,
        serviceUrl,
        conversation: options.chats ? person.conversation : null,
        unreachable: null,
        welcomed: true,
        plans: [{ plan: id, leads: [record.value.lead.key], answersFor: [], present: true }],
      },
    });
  }
  const stored = await stores.plans.readPlan(id);
  if (!stored) throw new Error('the plan is gone');
  const bound = { ...stored.value, binding: bindingOf(`19:team${number}`, tenant, serviceUrl) };
  await stores.plans.savePlan({ ...stored, value: bound });
  return bound;
}

function bindingOf(team: string, tenant: string, serviceUrl: string): Binding {
  return {
    tenant,
    team,
    teamName: 'Bench',
    serviceUrl,
    channel: team,
    channelName: 'General',
    boundAt: new Date().toISOString(),
  };
}
