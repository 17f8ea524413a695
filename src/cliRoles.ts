import type { Command } from 'commander';
import { coverFor, endCover } from './app/coverFor';
import { listCovers } from './app/listCovers';
import { COMMAND_LINE } from './app/mayDo';
import { listReaders, nameReader, removeReader } from './app/nameReader';
import { addOfficer, listOfficers, type OfficerOutcome, removeOfficer } from './app/officers';
import { memberOf } from './app/people';
import type { Log } from './app/ports';
import { readAudit } from './app/readAudit';
import { auditSentence, nameIn } from './cards/audit';
import { instantName } from './cards/format';
import { readerOf } from './cards/present';
import { leadKeyOf } from './domain/people';
import type { IsoDate } from './domain/period';
import type { LeadKey, Plan } from './domain/plan';
import { Refusal } from './refusal';
import type { wireStores } from './wiring';
import { english } from './words/words';

/** Opens storage and the one plan that is meant. */
export type OpenPlan = (
  id: string | undefined,
) => Promise<{ readonly stores: ReturnType<typeof wireStores>; readonly plan: Plan }>;

interface Which {
  readonly plan?: string;
}

/** What is done at the command line is told by its own answer. */
const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const WHO = 'name, e-mail address or object id';

/** Adds who may do what: `officer`, `reader`, `cover`, and the `audit` of it all. */
export function addRoleCommands(program: Command, open: OpenPlan): void {
  addOfficers(program.command('officer').description('programme officers of a plan'), open);
  addReaders(program.command('reader').description('who may read a plan without being in its team'), open);
  addCovers(program.command('cover').description('who answers in a lead’s place, for a time'), open);
  program
    .command('audit')
    .description('who changed what, newest first')
    .option('--plan <id>')
    .option('--json', 'as JSON, a list of entries')
    .option('--limit <n>', 'how many at most (1,000)', '200')
    .action(async (options: Which & { json?: boolean; limit: string }) => {
      const { stores, plan } = await open(options.plan);
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
        throw new Refusal('--limit is a number from 1 to 1000.');
      const entries = await readAudit(stores, plan, limit);
      if (options.json) return print(JSON.stringify(entries, null, 2));
      const reader = readerOf(plan, stores.clock.now());
      for (const entry of entries)
        print(
          `${instantName(new Date(entry.at), reader, english)}  ${nameIn(entry.by, english)}: ${auditSentence(entry, reader, english)}`,
        );
      if (entries.length === 0) print('Nothing has been changed yet.');
    });
}

function addOfficers(officer: Command, open: OpenPlan): void {
  officer
    .command('list')
    .option('--plan <id>')
    .action(async (options: Which) => {
      const { stores, plan } = await open(options.plan);
      const officers = await listOfficers(stores, plan);
      print(
        officers.length === 0
          ? 'The plan has no programme officer.'
          : officers
              .map(({ name, id, present }) => `${name}  ${id}${present ? '' : '  (has left)'}`)
              .join('\n'),
      );
    });
  for (const [verb, act] of [
    ['add', addOfficer],
    ['remove', removeOfficer],
  ] as const)
    officer
      .command(verb)
      .argument('<who>', `${WHO} of somebody in the team`)
      .option('--plan <id>')
      .action(async (who: string, options: Which) => {
        const { stores, plan } = await open(options.plan);
        const outcome: OfficerOutcome = await act(stores, plan, who);
        const name = 'person' in outcome ? outcome.person.name : who;
        const sentence = english.say(`roles.officer.${outcome.outcome}`, { name });
        if (outcome.outcome !== 'added' && outcome.outcome !== 'removed') throw new Refusal(sentence);
        print(sentence);
      });
}

function addReaders(reader: Command, open: OpenPlan): void {
  reader
    .command('list')
    .option('--plan <id>')
    .action(async (options: Which) => {
      const { stores, plan } = await open(options.plan);
      const readers = await listReaders(stores, plan);
      print(
        readers.length === 0
          ? 'Nobody was let in by name.'
          : readers.map(({ name, id }) => `${name}  ${id}`).join('\n'),
      );
    });
  for (const [verb, act] of [
    ['add', nameReader],
    ['remove', removeReader],
  ] as const)
    reader
      .command(verb)
      .argument('<who>', `${WHO} of somebody who has said hello to Steward`)
      .option('--plan <id>')
      .action(async (who: string, options: Which) => {
        const { stores, plan } = await open(options.plan);
        const outcome = await act({ ...stores, log: SILENT }, plan, COMMAND_LINE, who);
        if (outcome.outcome === 'not-officer') throw new Refusal(english.say('roles.officer.no-team'));
        const name = 'person' in outcome ? outcome.person.name : who;
        const sentence = english.say(`chat.reader.${outcome.outcome}`, { name });
        if (outcome.outcome !== 'named' && outcome.outcome !== 'removed') throw new Refusal(sentence);
        print(sentence);
      });
}

function addCovers(cover: Command, open: OpenPlan): void {
  cover
    .command('list')
    .option('--plan <id>')
    .action(async (options: Which) => {
      const { stores, plan } = await open(options.plan);
      const covers = await listCovers(stores, plan);
      print(
        covers.length === 0
          ? 'Nobody covers for anybody now.'
          : covers.map(({ name, deputy, until }) => `${deputy.name} for ${name}, until ${until}`).join('\n'),
      );
    });
  cover
    .command('add')
    .argument('<lead>', 'name of a lead, as the plan has it')
    .argument('<deputy>', `${WHO} of who answers in their place`)
    .argument('<until>', 'the last day, as 2026-01-31')
    .option('--plan <id>')
    .action(async (lead: string, deputy: string, until: string, options: Which) => {
      const { stores, plan } = await open(options.plan);
      if (!isDay(until)) throw new Refusal(`“${until}” is no day. Write it as 2026-01-31.`);
      const leads = await leadsCalled(stores, plan, lead);
      const person = await personCalled(stores, plan, deputy);
      const wish = { leads, to: person.id, until };
      const outcome = await coverFor({ ...stores, log: SILENT }, plan, COMMAND_LINE, wish);
      if (outcome.outcome === 'bad-day')
        throw new Refusal('The last day is from today on, and at most a year away.');
      if (outcome.outcome === 'same-person') throw new Refusal(`${person.name} answers for ${lead} anyway.`);
      if (outcome.outcome !== 'covered' && outcome.outcome !== 'already')
        throw new Refusal(`${person.name} can't cover for ${lead}: they must be in the plan's team.`);
      print(`${person.name} answers for ${lead} until ${until}.`);
    });
  cover
    .command('remove')
    .argument('<lead>', 'name of the lead, as the plan has it')
    .option('--plan <id>')
    .action(async (lead: string, options: Which) => {
      const { stores, plan } = await open(options.plan);
      const leads = await leadsCalled(stores, plan, lead);
      const outcome = await endCover({ ...stores, log: SILENT }, plan, COMMAND_LINE, leads);
      if (outcome.outcome !== 'ended') throw new Refusal(english.say('roles.cover.no-cover', { lead }));
      const names = outcome.from.map(({ name }) => name).join(', ');
      print(english.say('roles.cover.ended', { deputy: names, lead }));
    });
}

async function leadsCalled(
  { plans }: ReturnType<typeof wireStores>,
  plan: Plan,
  name: string,
): Promise<LeadKey[]> {
  const records = await plans.readLeads(plan.id);
  const called = records.filter(({ value }) => leadKeyOf(value.lead.name) === leadKeyOf(name));
  if (called.length === 0) throw new Refusal(english.say('roles.cover.no-such-lead', { name }));
  return called.map(({ value }) => value.lead.key);
}

async function personCalled({ people }: ReturnType<typeof wireStores>, plan: Plan, who: string) {
  const wanted = who.trim().toLowerCase();
  const members = await people.readMembers(plan.binding?.tenant ?? '', plan.id);
  const called = members.filter(
    (person) =>
      memberOf(person, plan.id)?.present &&
      [person.id, person.name.toLowerCase(), person.email?.toLowerCase()].includes(wanted),
  );
  const [only, ...others] = called;
  if (!only) throw new Refusal(english.say('roles.officer.no-such-person', { name: who }));
  if (others.length > 0) throw new Refusal(english.say('roles.officer.several', { name: who }));
  return only;
}

function isDay(text: string): text is IsoDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
