import type { Content, Deps } from '../../src/app/ports';
import type { Doer } from '../../src/app/readAudit';
import { makeComposer } from '../../src/cards/composer';
import type { AuditEntry } from '../../src/domain/audit';
import { english } from '../../src/words/words';
import { Crash, CrashingTable, CrashPlan } from '../fakes/tables';
import { type AppWorld, idOf, TENANT } from '../fakes/world';

export const OFFICER = 'Olive Officer';

/** Somebody who says something in their own chat. */
export function doer(name: string): Doer {
  return { id: idOf(name), name, chat: `chat-${idOf(name)}` };
}

/** What the audit says, newest first. */
export async function auditOf(world: AppWorld): Promise<AuditEntry['what'][]> {
  return (await world.deps.plans.readAudit(world.planId, 100)).map(({ what }) => what);
}

/** What arrived at somebody since the last look, by the key of the message (the world's plain composer says it). */
export function arrivedAt(world: AppWorld, name: string): string[] {
  return world.teams.arrivedAt(idOf(name)).map(({ summary }) => summary);
}

/** The refs that a prompt of September asks about now; null where there is no such prompt. */
export async function askedAbout(world: AppWorld, key: string): Promise<string[] | null> {
  const prompt = await world.deps.months.readMessage(world.planId, `prompt|2023-09|${key}`);
  if (!prompt) return null;
  const actions = await world.deps.plans.readActions(world.planId);
  return actions.filter(({ id }) => prompt.value.actions.includes(id)).map(({ ref }) => ref);
}

/** What the newest message of a kind would say to whom it is for, in the product's own words. */
export async function composed(world: AppWorld, prefix: string): Promise<Content | null> {
  const message = (await world.messages(prefix)).at(-1);
  if (!message?.to) throw new Error(`there is no message ${prefix}`);
  const to = await world.deps.people.readPerson(TENANT, message.to);
  return makeComposer(world.deps, english).compose(await world.plan(), message, to?.value ?? null);
}

/**
 * Does something by a process that stops at each of its writes in turn, before it is kept and after, in a fresh world each time; then does it
 * again by one that lives, and lets `check` look. Gives the number of stops that were tried.
 */
export async function stopAtEveryWrite(
  makeWorld: () => Promise<AppWorld>,
  act: (deps: Deps, world: AppWorld) => Promise<unknown>,
  check: (world: AppWorld, stopped: { readonly at: number; readonly kept: boolean }) => Promise<void>,
): Promise<number> {
  let stops = 0;
  for (let at = 1; at < 50; at += 1) {
    let crashed = false;
    for (const kept of [false, true]) {
      const world = await makeWorld();
      const crash = new CrashPlan();
      const dying = world.instance('dying', (table) => new CrashingTable(table, crash));
      crash.crashAt(at, kept);
      try {
        await act(dying, world);
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
      }
      if (!crash.crashed) continue;
      crashed = true;
      stops += 1;
      await check(world, { at, kept });
    }
    if (!crashed) return stops;
  }
  throw new Error('it never ends');
}
