import { IntlMessageFormat } from 'intl-messageformat';
import { english, type WordKey, type Words, type WordValues } from '../../src/words/words';

/** Letters of a language that does not exist: what still reads as English was never in the words. */
const LETTERS = new Map(
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, at) => [
    letter,
    [...'åƀçđéƒğĥîĵķłɱñøþǫřšŧûṽŵẋýžÅɃÇĐÉƑĞĤÎĴĶŁṀÑØÞǪŘŠŦÛṼŴẊÝŽ'][at] ?? letter,
  ]),
);

export function pseudoText(text: string): string {
  return [...text].map((letter) => LETTERS.get(letter) ?? letter).join('');
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** Kinds of the message format's own parts: literal text, and the two that hold messages of their own. */
const LITERAL = 0;
const SELECT = 5;
const PLURAL = 6;

function pseudoParts(parts: readonly Element[]): Element[] {
  return parts.map((part): Element => {
    if (part.type === LITERAL) return { ...part, value: pseudoText(part.value) } as Element;
    if (part.type !== SELECT && part.type !== PLURAL) return part;
    const options = Object.fromEntries(
      Object.entries(part.options).map(([name, option]) => [
        name,
        { ...option, value: pseudoParts(option.value) },
      ]),
    );
    return { ...part, options } as Element;
  });
}

/** Words in which every letter of ours is another, and every place takes what English puts there. `messages` are English's own. */
export function makePseudo(messages: Readonly<Record<string, string>>): Words {
  const parsed = new Map<string, IntlMessageFormat>();
  const say = (key: WordKey, values: WordValues = {}): string => {
    let message = parsed.get(key);
    if (!message) {
      const ast = new IntlMessageFormat(messages[key] ?? '', 'en-GB', undefined, {
        ignoreTag: true,
      }).getAst();
      message = new IntlMessageFormat(pseudoParts(ast), 'en-GB', undefined, { ignoreTag: true });
      parsed.set(key, message);
    }
    return String(message.format({ ...values }));
  };
  return { locale: 'en-GB', say, labels: pseudoTree(english.labels) };
}

function pseudoTree(tree: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoText(value) : pseudoTree(value as Record<string, unknown>),
    ]),
  );
}
