import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import { en, english, makeWords, type WordKey, type Words } from './words';

/** Where the words stand: `cards/words`, beside `src` and beside `dist/src` alike. */
const FOLDER = resolve(__dirname, '..', '..', 'cards', 'words');

/** A language's words, and what is still to be done for it. */
export interface Language {
  readonly words: Words;
  /** Keys that it lacks, or whose message can't be read: English stands in their place. */
  readonly missing: readonly string[];
}

/** A language that has no files. */
export class UnknownLanguage extends Error {
  override readonly name = 'UnknownLanguage';
  constructor(language: string, known: readonly string[]) {
    super(
      `LANGUAGE is “${language}”, and there are words for ${known.join(', ')} in cards/words. See docs/languages.md.`,
    );
  }
}

const fileSchema = z.record(z.string(), z.string());

/**
 * Reads the words of a language (`cy`, or with its region `cy-GB`) from `cards/words/<language>.json` and `<language>.<part>.json`. Throws
 * {@link UnknownLanguage} when there are none.
 */
export function readLanguage(language: string, folder = FOLDER): Language {
  const [name = ''] = language.split('-');
  if (name === 'en') return { words: english, missing: [] };
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const own = files.filter((file) => file.split('.')[0] === name);
  if (own.length === 0)
    throw new UnknownLanguage(language, [...new Set(files.map((file) => file.split('.')[0] ?? file))]);
  const messages = new Map<string, string>();
  for (const file of own) {
    const read = fileSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    for (const [key, message] of Object.entries(read)) messages.set(key, message);
  }
  const missing: string[] = [];
  const whole = { ...en } as Record<WordKey, string>;
  for (const key of Object.keys(en) as WordKey[]) {
    const message = messages.get(key);
    if (message !== undefined && isReadable(message, language)) whole[key] = message;
    else missing.push(key);
  }
  return { words: makeWords(language, whole), missing };
}

function isReadable(message: string, language: string): boolean {
  try {
    new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
    return true;
  } catch {
    return false;
  }
}
