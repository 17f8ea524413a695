import { IntlMessageFormat } from 'intl-messageformat';
import answerWords from '../../cards/words/en.answers.json';
import askWords from '../../cards/words/en.ask.json';
import chatWords from '../../cards/words/en.chat.json';
import draftWords from '../../cards/words/en.draft.json';
import cardWords from '../../cards/words/en.json';
import measureWords from '../../cards/words/en.measures.json';
import paperWords from '../../cards/words/en.papers.json';
import roleWords from '../../cards/words/en.roles.json';

/** British English: what cards say, and what Steward says in chat. What another language is made from. */
export const en = {
  ...cardWords,
  ...answerWords,
  ...askWords,
  ...chatWords,
  ...measureWords,
  ...draftWords,
  ...paperWords,
  ...roleWords,
};

/** Every sentence that people read has a key here; the words themselves stand in `cards/words/<language>.json`. */
export type WordKey = keyof typeof en;

/** What a message's `{…}` places take. Dates are formatted before they get here, since they need a time zone. */
export type WordValues = Readonly<Record<string, string | number>>;

/** One language's words. */
export interface Words {
  /** BCP 47 tag, which numbers and plurals follow: `en-GB`. */
  readonly locale: string;
  /** The message of a key with its places filled in. */
  say(key: WordKey, values?: WordValues): string;
  /** The messages that have no places, as a tree for card templates: `${w.form.percent}`. */
  readonly labels: Readonly<Record<string, unknown>>;
}

/**
 * Makes the words of a language from its messages (ICU MessageFormat, so that plurals are the language's own).
 * Each message is parsed once, when it is first said.
 */
export function makeWords(locale: string, messages: Readonly<Record<WordKey, string>>): Words {
  const parsed = new Map<WordKey, IntlMessageFormat>();
  const alone = new Map<WordKey, string>();
  const format = (key: WordKey, values: WordValues): string => {
    let message = parsed.get(key);
    if (!message) {
      message = new IntlMessageFormat(messages[key], locale, undefined, { ignoreTag: true });
      parsed.set(key, message);
    }
    return String(message.format({ ...values }));
  };
  const say = (key: WordKey, values?: WordValues): string => {
    if (values) return format(key, values);
    const said = alone.get(key) ?? format(key, {});
    alone.set(key, said);
    return said;
  };
  return { locale, say, labels: labelTree(messages) };
}

/** British English: the language that Steward ships with. */
export const english: Words = makeWords('en-GB', en);

function labelTree(messages: Readonly<Record<string, string>>): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(messages)) {
    if (text.includes('{')) continue;
    const path = key.split('.');
    const last = path.pop() ?? key;
    let branch = tree;
    for (const step of path) {
      const next = (branch[step] ?? {}) as Record<string, unknown>;
      branch[step] = next;
      branch = next;
    }
    branch[last] = text;
  }
  return tree;
}
