import { z } from 'zod';
import { periodSchema } from '../domain/period';
import { STATUS_KEYS } from '../domain/status';
import type { Condition, Question } from './question';

/*
 * A question as a card's button sends it back. It was a question of ours once, but what comes back is hostile until it is parsed: sizes are
 * bounded, kinds are known, nothing else comes through. Commands are not among them: what is done is never done by a question.
 */

const text = z.string().max(200);
const lead = z.string().max(200);
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .transform((value) => value as `${number}-${number}-${number}`);
const figure = z.enum([...STATUS_KEYS, 'none']);
const position = z.union([periodSchema, z.enum(['last', 'loaded', 'now'])]);
const comparator = z.enum(['<', '<=', '=', '>=', '>']);
const measure = z.object({
  is: comparator,
  n: z.number().min(0).max(10_000),
  unit: z.enum(['day', 'week', 'month', 'year']),
});
const who = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('me') }),
  z.object({ kind: z.literal('lead'), leads: z.array(lead).max(50), name: text }),
  z.object({ kind: z.literal('role'), leads: z.array(lead).max(200), role: text }),
  z.object({ kind: z.literal('group-leads'), group: text }),
  z.object({ kind: z.literal('nobody') }),
]);

const plain = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('who'), who: z.array(who).max(50) }),
  z.object({ kind: z.literal('shared'), with: who.nullable() }),
  z.object({ kind: z.literal('status'), statuses: z.array(figure).max(6) }),
  z.object({ kind: z.literal('group'), groups: z.array(text).max(100) }),
  z.object({ kind: z.literal('refs'), ranges: z.array(z.object({ from: text, to: text })).max(100) }),
  z.object({ kind: z.literal('text'), phrases: z.array(text).max(20), exact: z.boolean().optional() }),
  z.object({ kind: z.literal('due'), from: day.nullable(), to: day.nullable() }),
  z.object({ kind: z.literal('overdue'), by: measure.nullable() }),
  z.object({ kind: z.literal('slipped'), by: measure.nullable() }),
  z.object({ kind: z.literal('undated'), ongoing: z.boolean() }),
  z.object({ kind: z.literal('phase'), phase: z.enum(['live', 'done', 'closed']) }),
  z.object({ kind: z.literal('updated'), from: periodSchema, to: periodSchema.nullable() }),
  z.object({ kind: z.literal('silent'), from: periodSchema, to: periodSchema.nullable() }),
  z.object({ kind: z.literal('unchanged'), months: z.number().int().min(0).max(1000) }),
  z.object({
    kind: z.literal('moved'),
    direction: z.enum(['better', 'worse', 'any']),
    left: z.array(figure).max(6).nullable(),
    became: z.array(figure).max(6).nullable(),
    from: position,
    to: position,
  }),
  z.object({ kind: z.literal('stood'), statuses: z.array(figure).max(6), at: position }),
  z.object({ kind: z.literal('contradiction'), which: z.enum(['full-not-done', 'done-not-full', 'any']) }),
  z.object({ kind: z.literal('percent'), is: comparator, than: z.number().min(-1000).max(1000) }),
  z.object({ kind: z.literal('no-percent') }),
  z.object({ kind: z.literal('has'), field: z.enum(['narrative', 'barriers', 'ask']) }),
]);

/** Conditions inside conditions, two deep: no question of ours goes deeper, and a hostile one shall not. */
const condition = nested(nested(nested(plain)));
const conditions = z.array(condition).max(30);

const order = z
  .enum([
    'most-overdue',
    'due-soonest',
    'due-latest',
    'percent-lowest',
    'percent-highest',
    'most-slipped',
    'worst',
    'best',
    'longest-unchanged',
    'newest-update',
  ])
  .nullable();
const limit = z.number().int().min(1).max(10_000).nullable();

const schema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('list'),
    conditions,
    order,
    limit,
    shape: z.enum(['cards', 'titles']),
    page: z.number().int().min(0).max(10_000),
  }),
  z.object({ kind: z.literal('count'), conditions }),
  z.object({
    kind: z.literal('rank'),
    by: z.enum(['group', 'lead']),
    conditions,
    order: z.enum(['most', 'fewest', 'plain']),
    limit,
  }),
  z.object({ kind: z.literal('action'), ref: text }),
  z.object({ kind: z.literal('history'), ref: text }),
  z.object({
    kind: z.literal('leads'),
    of: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('action'), ref: text }),
      z.object({ kind: z.literal('group'), group: text }),
      z.object({ kind: z.literal('actions'), conditions }),
    ]),
  }),
  z.object({ kind: z.literal('group'), group: text }),
  z.object({ kind: z.literal('person'), who }),
  z.object({ kind: z.literal('compare'), from: position, to: position, conditions }),
]);

/** Reads a question back from a button's JSON; null when it is none. */
export function parseQuestion(json: string): Question | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function nested(inner: z.ZodType<Condition>): z.ZodType<Condition> {
  return z.union([
    inner,
    z.object({ kind: z.literal('not'), of: inner }),
    z.object({ kind: z.literal('any'), of: z.array(inner).max(30) }),
  ]);
}
