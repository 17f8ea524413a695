import { endCover } from '../app/coverFor';
import { listCovers } from '../app/listCovers';
import { listReaders, nameReader, removeReader } from '../app/nameReader';
import { addOfficer, listOfficers, removeOfficer } from '../app/officers';
import { memberOf } from '../app/people';
import type { Content } from '../app/ports';
import { readAudit } from '../app/readAudit';
import { auditCard, auditSummary } from '../cards/audit';
import { dayName } from '../cards/format';
import { readerOf } from '../cards/present';
import { leadKeyOf } from '../domain/people';
import type { Plan } from '../domain/plan';
import type { RightOrder } from './deeds';
import { notOfficer, say, todayOf } from './sentences';
import type { Reading, TurnDeps } from './turn';
import { doerOf } from './whoIsMeant';

/*
 * Who may do what, by words. A right is no question of the plan's actions, so it is read before the questions are, and by few fixed
 * sentences: nobody should become a programme officer by being misunderstood.
 */

const NAME = '(.{1,80}?)';
const END = '[.!?]?$';
const OFFICE = '(?:a |the |our )?programme officers?';

const ORDERS: readonly { readonly as: RegExp; readonly order: (found: readonly string[]) => RightOrder }[] = [
  {
    as: new RegExp(`^(?:please )?(?:make|appoint) ${NAME} (?:as )?${OFFICE}${END}`, 'i'),
    order: ([who = '']) => ({ do: 'officer', who, is: true }),
  },
  {
    as: new RegExp(`^(?:please )?add ${NAME} as ${OFFICE}${END}`, 'i'),
    order: ([who = '']) => ({ do: 'officer', who, is: true }),
  },
  {
    as: new RegExp(`^${NAME} (?:is|am) no (?:longer|more) ${OFFICE}${END}`, 'i'),
    order: ([who = '']) => ({ do: 'officer', who, is: false }),
  },
  {
    as: new RegExp(`^(?:please )?remove ${NAME} (?:as|from) ${OFFICE}${END}`, 'i'),
    order: ([who = '']) => ({ do: 'officer', who, is: false }),
  },
  {
    as: new RegExp(`^let ${NAME} (?:read|see)(?: the plan)?${END}`, 'i'),
    order: ([who = '']) => ({ do: 'reader', who, is: true }),
  },
  {
    as: new RegExp(`^${NAME} may no longer (?:read|see)(?: the plan)?${END}`, 'i'),
    order: ([who = '']) => ({ do: 'reader', who, is: false }),
  },
  {
    as: new RegExp(`^${NAME} is no (?:longer|more) (?:a )?reader${END}`, 'i'),
    order: ([who = '']) => ({ do: 'reader', who, is: false }),
  },
  {
    as: new RegExp(`^(?:who (?:are|is)|list|show)(?: me)? (?:the |our )?programme officers?${END}`, 'i'),
    order: () => ({ do: 'officers' }),
  },
  {
    as: new RegExp(
      `^(?:who (?:may|can) (?:read|see) (?:the|this|our) plan|who are the readers|list (?:the )?readers)${END}`,
      'i',
    ),
    order: () => ({ do: 'readers' }),
  },
  {
    as: new RegExp(
      `^(?:who (?:covers|is covering)(?: for (?:whom|who|anybody|anyone))?|who are the deputies|(?:list|show)(?: me)? (?:the )?(?:covers|deputies))${END}`,
      'i',
    ),
    order: () => ({ do: 'covers' }),
  },
  {
    as: new RegExp(`^${NAME} no longer covers?(?: for ${NAME})?${END}`, 'i'),
    order: ([by = '', of]) => ({ do: 'end-cover', by, of: of ?? null }),
  },
  {
    as: new RegExp(`^(?:(?:show|list)(?: me)? )?(?:the )?audit(?: trail| log)?${END}`, 'i'),
    order: () => ({ do: 'audit' }),
  },
];

/** Reads what is said about rights; null when it is about something else. */
export function readRight(text: string): RightOrder | null {
  for (const { as, order } of ORDERS) {
    const found = as.exec(text.trim());
    if (found) return order(found.slice(1));
  }
  return null;
}

/** Does it. That the asker may was looked at before, where it needs no lead; the use cases look again. */
export async function changeRight(deps: TurnDeps, asker: Reading, order: RightOrder): Promise<Content> {
  const { plan } = asker;
  switch (order.do) {
    case 'officer':
      return office(deps, asker, order.who, order.is);
    case 'reader':
      return reader(deps, asker, order.who, order.is);
    case 'officers':
      return officers(deps, plan);
    case 'readers': {
      const names = (await listReaders(deps, plan)).map(({ name }) => name);
      return say(deps, 'roles.readers', { n: names.length, names: names.join(', ') });
    }
    case 'covers':
      return covers(deps, plan);
    case 'end-cover':
      return noCover(deps, asker, order.by, order.of);
    case 'audit':
      return auditPage(deps, plan, 0);
  }
}

/** A page of the audit, as a card. */
export async function auditPage(
  deps: TurnDeps,
  plan: Plan,
  page: number,
): Promise<Content & { readonly card: unknown }> {
  const entries = await readAudit(deps, plan, 1000);
  const facts = { ...readerOf(plan, deps.clock.now()), plan: plan.id, entries, page };
  return { summary: auditSummary(facts, deps.words), card: auditCard(facts, deps.words) };
}

async function office(deps: TurnDeps, asker: Reading, named: string, is: boolean): Promise<Content> {
  const isMe = /^(?:me|myself|i)$/i.test(named);
  const who = isMe ? (asker.person?.value.id ?? '') : named;
  const outcome = await (is ? addOfficer : removeOfficer)(deps, asker.plan, who, doerOf(asker));
  if (outcome.outcome === 'not-officer') return notOfficer(deps, asker.plan);
  const name = 'person' in outcome ? outcome.person.name : named;
  return say(deps, `roles.officer.${outcome.outcome}`, { name });
}

/** "Let [name] read the plan", "[name] may no longer read the plan". */
async function reader(deps: TurnDeps, asker: Reading, who: string, may: boolean): Promise<Content> {
  const { plan } = asker;
  const outcome = await (may ? nameReader : removeReader)(deps, plan, doerOf(asker), who);
  switch (outcome.outcome) {
    case 'named':
    case 'removed':
    case 'already':
    case 'no-reader':
    case 'in-team':
      return say(deps, `chat.reader.${outcome.outcome}`, { name: outcome.person.name });
    case 'not-officer':
      return notOfficer(deps, plan);
    case 'no-such-person':
      return say(deps, 'chat.reader.no-such-person', { name: who });
    case 'several':
      return say(deps, 'chat.reader.several', { name: who });
  }
}

async function officers(deps: TurnDeps, plan: Plan): Promise<Content> {
  const { words } = deps;
  const names = (await listOfficers(deps, plan)).map(({ id, name, present }) => {
    const known = name || words.say('roles.unknown', { id });
    return present ? known : words.say('roles.left', { name: known });
  });
  return say(deps, 'roles.officers', { n: names.length, names: names.join(', ') });
}

async function covers(deps: TurnDeps, plan: Plan): Promise<Content> {
  const found = await listCovers(deps, plan);
  const head = deps.words.say('roles.covers', { n: found.length });
  const lines = found.map(({ name, deputy, until }) =>
    deps.words.say('roles.coverLine', {
      deputy: deputy.name,
      lead: name,
      until: dayName(until, todayOf(deps, plan), deps.words),
    }),
  );
  return { summary: head, text: [head, ...lines].join('\n\n') };
}

/** "[name] no longer covers for [name]": the covers that the first has now, of the second alone where they are named. */
async function noCover(deps: TurnDeps, asker: Reading, by: string, of: string | null): Promise<Content> {
  const { plan, person } = asker;
  const isMe = (name: string) => /^(?:me|myself|i)$/i.test(name);
  const own = memberOf(person?.value, plan.id)?.leads ?? [];
  const isNamed = (name: string, called: string) => leadKeyOf(name) === leadKeyOf(called);
  const meant = (await listCovers(deps, plan)).filter(
    ({ lead, name, deputy }) =>
      (isMe(by) ? deputy.id === person?.value.id : isNamed(deputy.name, by)) &&
      (of === null || (isMe(of) ? own.includes(lead) : isNamed(name, of))),
  );
  const [first] = meant;
  const lead = first?.name ?? of ?? by;
  if (!first) return say(deps, 'roles.cover.no-cover', { lead });
  const outcome = await endCover(
    deps,
    plan,
    doerOf(asker),
    meant.map((one) => one.lead),
  );
  return say(deps, `roles.cover.${outcome.outcome}`, { lead, name: lead, deputy: first.deputy.name });
}
