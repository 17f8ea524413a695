import { join } from 'node:path';
import { type Card, findButton, inputsOf, type Sender, textOf } from './support/botClient';
import { cardOf } from './support/teamsStandIn';
import { GENERAL, install, monthCardOf, monthMessages, startWorld, type World } from './support/world';

const PLAN = join(__dirname, '..', '..', 'src', 'demo', 'measuredPlan.csv');

/** A month of a plan with measures, over HTTP: asked in the same card, checked, shown to the board. */
describe('a month with measures', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ plan: PLAN, now: '2023-09-25T08:30:00Z' });
    await install(world);
    await world.client.say(world.officer, 'open the September 2023 update');
    await world.teams.until(() =>
      ['Helen Brackley', 'Callum Reid', 'Miriam Adeyemi', 'Nasreen Malik'].every(
        (name) => monthMessages(world.teams, leadOf(name)).length > 0,
      ),
    );
  }, 60_000);
  afterAll(() => world.close());

  const leadOf = (name: string): Sender => {
    const lead = world.leads.find((person) => person.name === name);
    if (!lead) throw new Error(`${name} is not in the team`);
    return lead;
  };

  /** Types into the fields whose measures are named, and saves. */
  const readings = async (name: string, card: Card, typed: Readonly<Record<string, string>>) => {
    const save = findButton(card, { title: /^Save reading/ });
    if (!save) throw new Error('the card has no button that saves readings');
    const fields = inputsOf(card).filter(({ id }) => id.startsWith('reading-'));
    const order = [...textOf(card).matchAll(/KPI \d/g)].map(([ref]) => ref);
    const inputs = Object.fromEntries(
      fields.flatMap(({ id }, at) => {
        const text = typed[order[at] ?? ''];
        return text === undefined ? [] : [[id, text]];
      }),
    );
    const { card: after } = await world.client.press(leadOf(name), card, save, inputs);
    if (!after) throw new Error('no card came back');
    return after;
  };

  test('who only owns a measure gets one card, with a field in it and no action', () => {
    const messages = monthMessages(world.teams, leadOf('Callum Reid'));
    expect(messages.map(({ activity }) => activity.summary)).toEqual([
      'September 2023 update: 1 measure to read',
    ]);
    const card = monthCardOf(world.teams, leadOf('Callum Reid'));
    expect(textOf(card)).toContain('Last read in August: 61%');
    expect(findButton(card, { verb: 'form' })).toBeNull();
    // Whoever leads an action and owns no measure has a card as ever.
    expect(textOf(monthCardOf(world.teams, leadOf('Nasreen Malik')))).not.toContain('Measures to read');
  });

  test('what is no figure comes back in its field, with what is right about the others saved', async () => {
    const card = monthCardOf(world.teams, leadOf('Miriam Adeyemi'));
    const back = await readings('Miriam Adeyemi', card, { 'KPI 2': '18', 'KPI 3': 'fewer' });
    const text = textOf(back);
    expect(text).toContain('Saved: Average wait in weeks: 18. Not saved: one reading to look at below.');
    expect(text).toContain('“fewer” holds no figure.');
    expect(inputsOf(back).map(({ value }) => value)).toEqual(['18', 'fewer']);
    const asked = await readings('Miriam Adeyemi', back, { 'KPI 3': '99' });
    expect(textOf(asked)).toContain('99 is far from 12 last time. Is that right?');
    const anyway = findButton(asked, { title: 'Save anyway' });
    if (!anyway) throw new Error('there is no "Save anyway"');
    const { card: kept } = await world.client.press(leadOf('Miriam Adeyemi'), asked, anyway);
    expect(textOf(kept ?? {})).toContain('Complaints about plans: 99');
    // Another button does not throw away what was typed and not saved.
    const none = findButton(kept ?? {}, { verb: 'reportNone' });
    const field = inputsOf(kept ?? {})[1]?.id ?? '';
    const { card: stays } = await world.client.press(leadOf('Miriam Adeyemi'), kept ?? {}, none ?? failed(), {
      [field]: '98',
    });
    expect(textOf(stays ?? {})).toContain('A reading that you typed is not saved yet.');
    expect(inputsOf(stays ?? {}).map(({ value }) => value)).toEqual(['18', '98']);
    // An empty field is no answer and no 0.
    const empty = await readings('Callum Reid', monthCardOf(world.teams, leadOf('Callum Reid')), {});
    expect(textOf(empty)).toContain('an empty field is no 0');
  });

  test('a group’s lead says "none" with one tap, or what to decide with business as usual', async () => {
    const helen = leadOf('Helen Brackley');
    const card = monthCardOf(world.teams, helen);
    const none = findButton(card, { verb: 'reportNone' });
    if (!none) throw new Error('there is no "None this time"');
    const { card: said } = await world.client.press(helen, card, none);
    expect(textOf(said ?? {})).toContain('Saved for 1 Waiting times: nothing to decide.');
    await readings('Helen Brackley', said ?? {}, { 'KPI 1': '62%' });

    const officer = leadOf('Miriam Adeyemi');
    const open = findButton(monthCardOf(world.teams, officer), { verb: 'reportForm' });
    if (!open) throw new Error('there is no form');
    const { card: form } = await world.client.press(officer, monthCardOf(world.teams, officer), open);
    const complete = inputsOf(form ?? {}).find(({ id }) => id.startsWith('complete-'));
    const save = findButton(form ?? {}, { title: 'Save' });
    if (!form || !complete || !save) throw new Error('the form is not whole');
    const typed = { recommendation: 'Agree a second therapist.', [complete.id]: 'No' };
    const { card: after } = await world.client.press(officer, form, save, typed);
    expect(textOf(after ?? {})).toContain('“Agree a second therapist.”');
  });

  test('nobody reads another’s measure, whatever the button says', async () => {
    const card = monthCardOf(world.teams, leadOf('Callum Reid'));
    const answer = await world.client.press(
      leadOf('Nasreen Malik'),
      card,
      findButton(card, { title: /^Save reading/ }) ?? failed(),
      { [inputsOf(card)[0]?.id ?? '']: '70%' },
    );
    expect(answer.message ?? textOf(answer.card ?? {})).toContain('is read by Callum Reid');
  });

  test('answers how they stand, and what is to decide', async () => {
    const { messages } = await asked('how are the measures doing?');
    expect(messages).toContain('Measures: 4');
    expect(messages).toContain('Readings of Average wait in weeks');
    expect((await asked('which measures have not been read?')).messages).toContain(
      'Parents who say the plan is clear',
    );
    expect((await asked('KPI 1')).messages).toContain('62% of 75%');
    expect((await asked('decisions')).messages).toContain('Agree a second therapist.');
  });

  /** What the officer's chat shows after a question, as text. */
  async function asked(question: string): Promise<{ messages: string }> {
    const before = world.teams.chatWith(world.officer).length;
    await world.client.say(world.officer, question);
    const shown = await world.teams.until(() => {
      const now = world.teams.chatWith(world.officer);
      return now.length > before ? now : undefined;
    });
    return {
      messages: shown
        .slice(before)
        .map((one) => textOf(cardOf(one) ?? {}))
        .join('\n'),
    };
  }

  test('the board sees how they stand, what was not read, and what to decide', async () => {
    await world.client.say(world.officer, 'publish the September 2023 update');
    const post = await world.teams.until(() =>
      world.teams.postsIn(GENERAL).find(({ activity }) => /Position/.test(String(activity.summary))),
    );
    const card = cardOf(post) ?? {};
    const text = textOf(card).replaceAll('\n', '');
    expect(text).toContain('Measures: 2 off track, 1 on track, 1 not read');
    // On the line from June's 51% to November's 70%, September's place is at 62.4%.
    expect(text).toContain(
      'Assessments within 20 weeks · 62% of 75% · up 3 since Aug · 62.4% wanted by now · off track',
    );
    expect(text).toContain('Average wait in weeks · 18, target <20 · down 1.5 since Aug · on track');
    expect(text).toContain('not read · last read in August: 61%');
    expect(text).toContain('One decision to take2 Good plans (Miriam Adeyemi): Agree a second therapist.');
    expect(text).toContain('Nothing to decide: 1');
    const open = findButton(card, { title: 'Measures' });
    const { card: dialog } = await world.client.invoke(world.officer, 'task/fetch', { data: open?.data });
    expect(JSON.stringify(dialog)).toContain('Chart.Line');
  });
});

function failed(): never {
  throw new Error('there is no such button');
}
