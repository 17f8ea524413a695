import { createHash } from 'node:crypto';

/**
 * What may name or identify somebody in a text that a library or an error made: each is put into a short hash, the same for the same text,
 * so that two lines about one person can be told to be about one person and no more.
 */
const MARKS: readonly RegExp[] = [
  // E-mail addresses.
  /[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g,
  // Entra's ids of people, tenants and apps.
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  // Teams' ids of people, bots, chats and channels.
  /\b(?:8:orgid|19|28|29|a):[^\s,"'<>|]{4,200}/g,
];

/** Keys of rows that hold a person's id or a name as the plan prints it: the kind stays, and nothing behind it. */
const KEYS = /\b(lead|who|person|user|prompt|reminder|notice|erasing)(?:\||%7C|~007c)[^,"'<>\n]{0,300}/gi;

/** A text without what may name or identify somebody. */
export function scrub(text: string): string {
  const withoutKeys = text.replace(KEYS, (key, kind: string) => `${kind}|${hashOf(key)}`);
  return MARKS.reduce((scrubbed, mark) => scrubbed.replace(mark, hashOf), withoutKeys);
}

/** Facts of a log line without what may name or identify somebody, however deep it stands. */
export function scrubFacts(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, scrubValue(value, 0)]));
}

/** Deeper than any fact of ours; what lies below is left out. */
const DEEPEST = 4;

function scrubValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrub(value);
  if (value instanceof Error) return scrub(value.stack ?? String(value));
  if (Array.isArray(value)) return depth >= DEEPEST ? '…' : value.map((one) => scrubValue(one, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '…';
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, scrubValue(one, depth + 1)]));
}

function hashOf(text: string): string {
  return `#${createHash('sha256').update(text.toLowerCase()).digest('hex').slice(0, 10)}`;
}
