import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { COMMAND_LINE } from '../app/mayDo';
import { findMember } from '../app/officers';
import type { Person } from '../app/ports';
import { auditEntry } from '../app/readAudit';
import { dayIn } from '../domain/calendar';
import { periodOfDate } from '../domain/period';
import { askedLeads, isLive, type Plan } from '../domain/plan';
import { scaleAt } from '../domain/status';
import { Refusal } from '../refusal';
import { erasePerson, type Kept, readPersonalData } from '../storage/personalData';
import { systemClock, type Tables, wireStores } from '../wiring';
import { english } from '../words/words';

/** What the commands work with: opened storage, and the plan that an option names. */
export interface PersonStores {
  readonly tables: Tables;
  readonly plan: Plan;
}

/** Adds `steward person export` and `steward person erase`: what the law lets a person ask for. */
export function addPersonCommands(
  program: Command,
  print: (text: string) => void,
  open: (plan: string | undefined) => Promise<PersonStores>,
): void {
  const person = program
    .command('person')
    .description('what is kept of one person: to give them, or to erase');
  person
    .command('export')
    .description('writes all that is kept of somebody into a file, as JSON')
    .argument('<who>', 'whole name, e-mail address or object id')
    .requiredOption('--out <file>', 'where it is written; only you may read it')
    .option('--plan <id>', 'the plan by which they are found, where several are stored')
    .action(async (who: string, { out, plan }: { out: string; plan?: string }) => {
      const found = await findPerson(await open(plan), who);
      const rows = await readPersonalData(found.kept, found.person);
      writeFileSync(out, `${JSON.stringify(rows, null, 2)}\n`, { mode: 0o600 });
      print(`Wrote ${out}: ${rows.length} rows in which ${found.person.name} stands.`);
    });
  person
    .command('erase')
    .description(
      'takes somebody’s name, ids and address out of everything; what was said and every figure stay',
    )
    .argument('<who>', 'whole name, e-mail address or object id')
    .option('--plan <id>', 'the plan by which they are found, where several are stored')
    .option('--even-so', 'although they still lead live actions, which nobody is then asked about')
    .action(async (who: string, { plan, evenSo }: { plan?: string; evenSo?: boolean }) => {
      const opened = await open(plan);
      const found = await findPerson(opened, who);
      await refuseWhileNeeded(opened, found.person, evenSo === true);
      const alias = `Former lead ${randomBytes(2).toString('hex').toUpperCase()}`;
      const { alias: as, rows, toLookAt } = await erasePerson(found.kept, found.person, alias);
      const stores = wireStores(opened.tables, systemClock);
      for (const { plan: id } of found.person.plans)
        await stores.plans.addAudit(
          id,
          auditEntry(stores, COMMAND_LINE, { kind: 'person-erased', alias: as }),
        );
      const rest =
        toLookAt.length === 0
          ? ''
          : `\nA surname alone still stands in these rows; look whether it is theirs:\n${toLookAt.map((row) => `  ${row}`).join('\n')}`;
      print(
        `Erased from ${rows} rows. “${as}” stands in their place. Backups from before still hold the name.${rest}`,
      );
    });
}

async function findPerson(
  { tables, plan }: PersonStores,
  who: string,
): Promise<{ kept: Kept; person: Person }> {
  const stores = wireStores(tables, systemClock);
  const found = await findMember(stores, plan, who);
  if ('outcome' in found) throw new Refusal(english.say(`roles.officer.${found.outcome}`, { name: who }));
  return { kept: { ...tables, leases: stores.leases }, person: found };
}

/** An officer, or a lead of live actions, would be missed: the plan has to be able to do without them first. */
async function refuseWhileNeeded({ tables }: PersonStores, person: Person, evenSo: boolean): Promise<void> {
  const { plans } = wireStores(tables, systemClock);
  for (const member of person.plans) {
    const plan = (await plans.readPlan(member.plan))?.value;
    if (!plan) continue;
    if (plan.officers.includes(person.id))
      throw new Refusal(
        `${person.name} is a programme officer of “${plan.title}”. Give the office to another first: steward officer add, then steward officer remove.`,
      );
    const scale = scaleAt(plan.scales, periodOfDate(dayIn(plan.calendar.zone, systemClock.now())));
    const led = (await plans.readActions(plan.id)).filter(
      (action) => isLive(action, scale) && askedLeads(action).some(({ key }) => member.leads.includes(key)),
    );
    if (led.length > 0 && !evenSo)
      throw new Refusal(
        `${person.name} leads live actions of “${plan.title}”: ${led.map(({ ref }) => ref).join(', ')}. Hand them over first (“hand all of … to …” in Teams), or add --even-so.`,
      );
  }
}
