import template from '../../cards/audit.json';
import type { AuditEntry } from '../domain/audit';
import type { Words } from '../words/words';
import { type Button, executeButton, pageButtons } from './buttons';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, Reader } from './facts';
import { dayName, GROUP_LIMIT, instantName, periodName } from './format';
import { BOLD, dotted, type Paragraph, paragraph, run, SUBTLE } from './runs';
import { pageOf, weightOf } from './size';
import { type CardView, cardTemplate } from './template';

/** What the card of the audit is made from. */
export interface AuditFacts extends Reader {
  readonly plan: string;
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  readonly page: number;
}

/** What the template shows. */
export interface AuditView extends CardView {
  readonly title: string;
  readonly intro: readonly Paragraph[];
  readonly lines: readonly Paragraph[];
  readonly buttons: readonly Button[];
}

const expand = cardTemplate<AuditView>(template);

const ROOM = { most: 12, bytes: 18_000 };
/** Longest sentence of a line, in characters. */
const LINE = 400;

/** Who changed what, newest first, a page at a time. */
export function auditCard(facts: AuditFacts, words: Words): AdaptiveCard {
  const summary = auditSummary(facts, words);
  const lines = facts.entries.map((entry) => auditLine(entry, facts, words));
  const page = pageOf(lines, facts.page, weightOf, ROOM);
  const range = { from: page.start + 1, to: page.start + page.items.length, total: page.total };
  return expand(
    {
      speak: spoken(summary),
      fallbackText: escapeMarkdown(summary),
      title: words.say('audit.title'),
      intro: [paragraph(words.say('audit.intro', range), SUBTLE)],
      lines: page.items,
      buttons: pageButtons(page, words, (title, to) =>
        executeButton(title, { verb: 'audit', plan: facts.plan, page: to }),
      ),
    },
    words,
  );
}

/** `Audit: 12 changes`. */
export function auditSummary({ entries }: Pick<AuditFacts, 'entries'>, words: Words): string {
  return words.say('audit.summary', { n: entries.length });
}

function auditLine(entry: AuditEntry, reader: Reader, words: Words): Paragraph {
  return {
    runs: dotted([
      [run(instantName(new Date(entry.at), reader, words), SUBTLE)],
      [run(nameIn(entry.by, words), BOLD)],
      [run(cut(plain(auditSentence(entry, reader, words)), LINE))],
    ]),
  };
}

/** What a line of the audit says, without when and by whom. */
export function auditSentence({ what }: AuditEntry, reader: Pick<Reader, 'today'>, words: Words): string {
  const short = (text: string) => cut(plain(text), GROUP_LIMIT);
  switch (what.kind) {
    case 'handed-over':
      return words.say('audit.handed-over', {
        ref: short(what.ref),
        from: short(what.from.name),
        to: short(what.to.name),
      });
    case 'other-handed-over':
      return words.say('audit.other-handed-over', {
        what: what.what,
        name: short(what.name),
        from: short(what.from.name),
        to: short(what.to.name),
      });
    case 'cover-given':
      return words.say('audit.cover-given', {
        to: nameIn(what.to, words),
        lead: short(what.name),
        until: dayName(what.until, reader.today, words),
      });
    case 'cover-ended':
      return words.say('audit.cover-ended', { from: nameIn(what.from, words), lead: short(what.name) });
    case 'undone':
      return words.say('audit.undone', { ref: short(what.ref), period: periodName(what.period, words) });
    case 'reader-named':
    case 'reader-removed':
    case 'officer-added':
    case 'officer-removed':
      return words.say(`audit.${what.kind}`, { who: nameIn(what.who, words) });
    case 'lead-settled':
      return what.to
        ? words.say('audit.lead-settled', { lead: short(what.name), to: nameIn(what.to, words) })
        : words.say('audit.lead-nobody', { lead: short(what.name) });
    case 'words-cleared':
      return words.say('audit.words-cleared', { ref: short(what.ref) });
    case 'channel-set':
      return words.say('audit.channel-set', { name: short(what.name || what.channel) });
    case 'retention-set':
      return what.months === null
        ? words.say('audit.retention-none')
        : words.say('audit.retention-set', { n: what.months });
    case 'reading-log-set':
      return words.say(what.on ? 'audit.reading-log-on' : 'audit.reading-log-off');
    case 'reminded': {
      const names = what.people.map((one) => nameIn(one, words)).join(', ');
      return words.say('audit.reminded', {
        n: what.people.length,
        names,
        period: periodName(what.period, words),
      });
    }
    case 'plan-loaded': {
      const { how, added, changed, left } = what;
      return words.say('audit.plan-loaded', { file: short(what.file), how, added, changed, left });
    }
    case 'action-loaded':
      return words.say('audit.action-loaded', { ref: short(what.ref), how: what.how });
    case 'calendar-set': {
      const { opensDay, months, publishes } = what;
      return words.say('audit.calendar-set', { opensDay, months, publishes });
    }
    case 'totals-typed':
      return words.say('audit.totals-typed', { period: periodName(what.period, words), n: what.total });
    case 'freed':
      return words.say('audit.freed', { team: short(what.team) });
    case 'person-erased':
      return words.say('audit.person-erased', { alias: what.alias });
    case 'plan-deleted':
      return words.say('audit.plan-deleted', { title: short(what.title) });
    default:
      what satisfies never;
      // A line that a newer version wrote is still a line.
      return words.say('audit.other');
  }
}

/** Somebody's name, or their id where no name was known. */
export function nameIn({ id, name }: { readonly id: string; readonly name: string }, words: Words): string {
  return cut(plain(name || id), GROUP_LIMIT) || words.say('audit.somebody');
}
