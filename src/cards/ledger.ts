import template from '../../cards/audit.json';
import type { LedgerEntry } from '../app/cycleLedger';
import type { Period } from '../domain/period';
import type { Words } from '../words/words';
import type { AuditView } from './audit';
import { executeButton, pageButtons } from './buttons';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard } from './facts';
import { GROUP_LIMIT, instantName } from './format';
import { BOLD, dotted, type Paragraph, paragraph, run, SUBTLE } from './runs';
import { cardTemplate } from './template';

const expand = cardTemplate<AuditView>(template);

/** Longest list of what is open beside actions, in characters. */
const OPEN_LIMIT = 160;

/** Leads on a page of the ledger's card. */
export const LEDGER_PAGE = 15;

/** A page of the ledger of a cycle. */
export interface LedgerFacts {
  readonly plan: string;
  readonly month: Period;
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
  const { page, period, plan, month, of } = facts;
  const pages = Math.max(1, Math.ceil(of / LEDGER_PAGE));
  const shown = {
    items: facts.entries,
    number: page - 1,
    start: (page - 1) * LEDGER_PAGE,
    next: Math.max(0, Math.min(LEDGER_PAGE, of - page * LEDGER_PAGE)),
    total: of,
  };
  return expand(
    {
      speak: spoken(summary),
      fallbackText: escapeMarkdown(summary),
      title: words.say('ledger.title', { period }),
      intro: [paragraph(words.say('ledger.intro', { n: of, page, pages }))],
      lines: facts.entries.map((entry) => lineOf(entry, facts.reader, words)),
      buttons: pageButtons(shown, words, (title, to) =>
        executeButton(title, { verb: 'ledger', plan, period: month, page: to }),
      ),
    },
    words,
  );
}

function lineOf(entry: LedgerEntry, reader: LedgerFacts['reader'], words: Words): Paragraph {
  const { prompt, actions, others } = entry;
  const when = (at: string) => instantName(new Date(at), reader, words);
  const answers = [...actions, ...others]
    .flatMap(({ answer }) => (answer ? [answer] : []))
    .sort((a, b) => a.at.localeCompare(b.at));
  // Refs say which actions are left in every other list; a measure is told by its name.
  const open = others
    .filter(({ answer }) => answer === null)
    .map(({ kind, name }) =>
      kind === 'measure' ? plain(name) : words.say('ledger.report', { group: plain(name) }),
    );
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
      [run(words.say('ledger.answered', { n: answers.length, of: actions.length + others.length }))],
      [run(answered, SUBTLE)],
      [
        run(
          open.length > 0 ? words.say('ledger.open', { names: cut(open.join('; '), OPEN_LIMIT) }) : '',
          SUBTLE,
        ),
      ],
    ]),
  };
}
