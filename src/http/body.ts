import { parse } from 'secure-json-parse';

/** Largest body read, in bytes: Teams sends no activity over 256 KB (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages). */
export const LARGEST_BODY = 1_000_000;

/** How deep a body may be nested. Teams' own go some ten levels down. */
const DEEPEST = 64;

/**
 * Reads a body as one JSON object; null when it is none, or is nested deeper than anything Teams sends. Keys that would reach an object's
 * prototype are left out.
 */
export function readObject(text: string): object | null {
  if (depthOf(text) > DEEPEST) return null;
  try {
    const value: unknown = parse(text, { protoAction: 'remove', constructorAction: 'remove' });
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** How deep brackets are nested, those within strings aside; looked at before parsing, since what comes after goes down step by step. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isString) {
      if (character === '\\') at += 1;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}
