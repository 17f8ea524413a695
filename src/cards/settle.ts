import { distance } from 'fastest-levenshtein';
import template from '../../cards/settle.json';
import type { Words } from '../words/words';
import { type Button, executeButton, pageButtons } from './buttons';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, LeadMatch, SettleFacts } from './facts';
import { GROUP_LIMIT } from './format';
import { BOLD, dotted, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';
import { pageOf, weightOf } from './size';
import { settleSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

interface Choice {
  readonly title: string;
  readonly value: string;
}

interface LeadView {
  readonly heading: readonly TextRun[];
  readonly about: readonly TextRun[];
  /** Id of the input; the button beside it names the lead. */
  readonly id: string;
  readonly label: string;
  readonly style: 'compact' | 'filtered';
  readonly choices: readonly Choice[];
  readonly buttons: readonly Button[];
}

/** What the template shows. */
export interface SettleView extends CardView {
  readonly title: string;
  readonly intro: readonly Paragraph[];
  readonly notes: readonly Paragraph[];
  readonly leads: readonly LeadView[];
  readonly buttons: readonly Button[];
}

const expand = cardTemplate<SettleView>(template);

const ROOM = { most: 3, bytes: 22_000 };

/** Bytes for the choices of one lead: those of the largest team still leave room for the rest of the card. */
export const CHOICES_BYTES = 18_000;
const NOTE_LIMIT = 600;

/** With more people than this a list is searched by typing. */
export const PEOPLE_TO_SCROLL = 12;

/** The value of the choice "Nobody: I answer for them". */
export const NOBODY = 'nobody';

/** Id of the input in which a lead is settled. */
export function settleInput(lead: string): string {
  return `who-${lead}`;
}

/** The names that nobody in the team has, a few at a time, each with a list to choose from. Nothing is chosen beforehand. */
export function settleCard(facts: SettleFacts, words: Words): AdaptiveCard {
  const summary = settleSummary(facts, words);
  const known = facts.unmatched.map((match) => ({
    match,
    ...personChoices(match.lead.name, match.proposed, facts.roster, words),
  }));
  const page = pageOf(known, facts.page, ({ choices }) => weightOf(choices) + 2_000, ROOM);
  const isCut = page.items.find(({ left }) => left > 0);
  const n = facts.unmatched.length;
  return expand(
    {
      speak: spoken(summary),
      fallbackText: escapeMarkdown(summary),
      title: words.say('settle.title', { n }),
      intro: [
        paragraph(words.say(n === 0 ? 'settle.done' : 'settle.what')),
        ...(isCut ? [paragraph(words.say('settle.cut', { n: isCut.choices.length - 1 }), SUBTLE)] : []),
      ],
      notes: facts.note === null ? [] : [paragraph(cut(plain(facts.note), NOTE_LIMIT))],
      leads: page.items.map(({ match, choices }) => leadView(match, choices, page.number, facts, words)),
      buttons: pageButtons(page, words, (title, to) =>
        executeButton(
          title,
          { verb: 'settlePage', plan: facts.plan, page: to },
          { associatedInputs: 'none' },
        ),
      ),
    },
    words,
  );
}

function leadView(
  match: LeadMatch,
  choices: readonly Choice[],
  page: number,
  facts: SettleFacts,
  words: Words,
): LeadView {
  const { lead, proposed, actions } = match;
  const name = short(lead.name);
  const names = proposed.map((person) => short(person.name)).join(', ');
  const like = names === '' ? words.say('settle.noneLike') : words.say('settle.like', { names });
  return {
    heading: dotted([[run(name, BOLD)], [run(short(lead.role ?? ''), SUBTLE)]]),
    about: dotted([[run(words.say('settle.actions', { n: actions }), SUBTLE)], [run(like, SUBTLE)]]),
    id: settleInput(lead.key),
    label: words.say('settle.choose', { name }),
    style: facts.roster.length > PEOPLE_TO_SCROLL ? 'filtered' : 'compact',
    choices,
    buttons: [
      executeButton(
        words.say('settle.confirm'),
        { verb: 'settle', plan: facts.plan, page, lead: lead.key },
        { tooltip: words.say('settle.confirmTip', { name }) },
      ),
    ],
  };
}

/** Proposed people first, then "nobody", then the roster by name; of a roster too large for a card, the names nearest to the lead's. */
export function personChoices(
  name: string,
  proposed: LeadMatch['proposed'],
  roster: SettleFacts['roster'],
  words: Words,
): { choices: readonly Choice[]; left: number } {
  const likely = proposed.map((person) => ({
    title: words.say('settle.proposed', { name: short(person.name) }),
    value: person.id,
  }));
  const known = new Set(proposed.map(({ id }) => id));
  const others = roster
    .filter(({ id }) => !known.has(id))
    .map((person) => ({ title: short(person.name), value: person.id }));
  const nobody = { title: words.say('settle.nobody'), value: NOBODY };
  const all = [...likely, nobody, ...others];
  if (weightOf(all) <= CHOICES_BYTES) return { choices: all, left: 0 };
  const nearest = nearestNames(name, others);
  const fitting: Choice[] = [];
  let room = CHOICES_BYTES - weightOf([...likely, nobody]);
  for (const choice of nearest) {
    room -= weightOf(choice) + 1;
    if (room < 0) break;
    fitting.push(choice);
  }
  fitting.sort((a, b) => a.title.localeCompare(b.title, words.locale));
  return { choices: [...likely, nobody, ...fitting], left: others.length - fitting.length };
}

function nearestNames(name: string, choices: readonly Choice[]): Choice[] {
  const wanted = name.toLowerCase();
  return choices
    .map((choice) => ({ choice, away: distance(wanted, choice.title.toLowerCase()) }))
    .sort((a, b) => a.away - b.away)
    .map(({ choice }) => choice);
}

function short(name: string): string {
  return cut(plain(name), GROUP_LIMIT);
}
