import template from '../../cards/silent.json';
import type { LedgerEntry } from '../app/cycleLedger';
import type { Words } from '../words/words';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard } from './facts';
import { GROUP_LIMIT, instantName } from './format';
import { BOLD, dotted, type Paragraph, paragraph, run, SUBTLE } from './runs';
import type { SilentView } from './silent';
import { cardTemplate } from './template';

const expand = cardTemplate<SilentView>(template);

/** Leads on a page of the ledger's card. */
export const LEDGER_PAGE = 15;

/** A page of the ledger of a cycle. */
export interface LedgerFacts {
  /** The period's name. */
  readonly period: string;
  readonly entries: readonly LedgerEntry[];
  /** How many leads there are, and which page this is, from 1. */
  readonly of: number;
  readonly page: number;
  readonly reader: Parameters<typeof instantName>[1];
}

/** What a phone's notification says of it. */
export function ledgerSummary({ period, of }: LedgerFacts, words: Words): string {
  return words.say('ledger.summary', { period, n: of });
}

/** Who was asked, when, what became of it, how often they were reminded, and who answered last and when. */
export function ledgerCard(facts: LedgerFacts, words: Words): AdaptiveCard {
  const summary = ledgerSummary(facts, words);
  const pages = Math.max(1, Math.ceil(facts.of / LEDGER_PAGE));
  const { page, period } = facts;
  return expand(
    {
      speak: spoken(summary),
      fallbackText: escapeMarkdown(summary),
      title: words.say('ledger.title', { period }),
      intro: [paragraph(words.say('ledger.intro', { n: facts.of, page, pages, next: page + 1 }))],
      sections: [{ heading: [], lines: facts.entries.map((entry) => lineOf(entry, facts.reader, words)) }],
    },
    words,
  );
}

function lineOf(entry: LedgerEntry, reader: LedgerFacts['reader'], words: Words): Paragraph {
  const { prompt, actions } = entry;
  const when = (at: string) => instantName(new Date(at), reader, words);
  const answers = actions
    .flatMap(({ answer }) => (answer ? [answer] : []))
    .sort((a, b) => a.at.localeCompare(b.at));
  const last = answers.at(-1);
  const reminded = entry.reminders.filter(({ state }) => state === 'sent').length;
  const asked =
    prompt.sentAt === null
      ? words.say('ledger.state', {
          state: (prompt.why ?? prompt.state).replace(/-(.)/, (_, c: string) => c.toUpperCase()),
        })
      : words.say('ledger.asked', { when: when(prompt.sentAt), n: prompt.throttled });
  const answered = last
    ? words.say('ledger.last', {
        by: cut(plain(last.by), GROUP_LIMIT),
        when: when(last.at),
        late: last.late ? 'yes' : 'no',
      })
    : '';
  return {
    runs: dotted([
      [run(cut(plain(entry.lead), GROUP_LIMIT), BOLD)],
      [run(asked, SUBTLE)],
      [run(reminded > 0 ? words.say('silent.reminded', { n: reminded }) : '', SUBTLE)],
      [run(words.say('ledger.answered', { n: answers.length, of: actions.length }))],
      [run(answered, SUBTLE)],
    ]),
  };
}
