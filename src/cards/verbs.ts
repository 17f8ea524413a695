import { z } from 'zod';
import { periodSchema } from '../domain/period';

/**
 * What a card's button sends back. It names things and no more: who presses comes from the Teams activity, what
 * stands in the plan from storage. Everything is parsed here, since card data is hostile.
 */
const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);
const ref = z.string().max(40);
const page = z.coerce.number().int().min(0).max(10_000).catch(0);
const version = z.coerce.number().int().min(0);

/**
 * Longest piece of a field that is read, in characters. The form's own limit is far lower and says so in words; a field that were left out
 * for its length would be taken for an empty one.
 */
const LONGEST_FIELD = 200_000;
const field = z
  .union([z.string(), z.number()])
  .transform((typed) => String(typed).slice(0, LONGEST_FIELD))
  .catch('');

/** Texts of a list parted by spaces, each parsed: a button's data holds no lists. */
function listOf<Item>(item: z.ZodType<Item>) {
  return z
    .string()
    .max(2_000)
    .transform((text): unknown[] => text.split(' '))
    .pipe(z.array(item).min(1).max(20));
}

/** What can be shown of a plan that was sent and is not loaded. */
export const DRAFT_PAGES = [
  'preview',
  'questions',
  'groups',
  'problems',
  'added',
  'changed',
  'moved',
  'missing',
  'leads',
  'answered',
  'others',
] as const;
export type DraftPage = (typeof DRAFT_PAGES)[number];

/** Longest typed question that a button carries, in characters of JSON. */
export const QUESTION_LIMIT = 4_000;
/** Only its length is looked at here: `ask/questionSchema.ts` reads it. */
const typedQuestion = z.string().min(1).max(QUESTION_LIMIT);

export const verbSchema = z.discriminatedUnion('verb', [
  /** A lead's month: open it, page it, refresh it. */
  z.object({
    verb: z.literal('month'),
    plan: id,
    period: periodSchema,
    page,
    /** Where that page is all answered, go on to one that is not. */
    onward: z.coerce.boolean().catch(false),
    delivered: z.coerce.boolean().catch(false),
  }),
  /** Opens one action's form. */
  z.object({ verb: z.literal('form'), plan: id, period: periodSchema, action: id, ref, page }),
  /** Saves the form: `then` tells what to show next; `anyway` says that what was asked is meant. */
  z.object({
    verb: z.literal('save'),
    plan: id,
    period: periodSchema,
    action: id,
    ref,
    page,
    version,
    after: z.enum(['list', 'next']),
    anyway: z.coerce.boolean().catch(false),
    /** "Save as Blue" and its like: a status that the button itself chooses. */
    as: z.string().max(10).optional().catch(undefined),
    percent: field.default(''),
    status: field.default(''),
    narrative: field.default(''),
    revised: field.default(''),
    barriers: field.default(''),
    ask: field.default(''),
  }),
  /** "No change": confirms what the plan says. */
  z.object({ verb: z.literal('noChange'), plan: id, period: periodSchema, action: id, ref, page, version }),
  /** Saves the readings typed on a page: fields named `reading-<measure>`. `measures` and `versions` are lists parted by spaces. */
  z
    .object({
      verb: z.literal('readings'),
      plan: id,
      period: periodSchema,
      page,
      measures: listOf(id),
      versions: listOf(version),
      anyway: z.coerce.boolean().catch(false),
    })
    .catchall(z.unknown()),
  /** Opens what a group tells the board, to say it. */
  z.object({
    verb: z.literal('reportForm'),
    plan: id,
    period: periodSchema,
    report: id,
    page,
    part: page,
  }),
  /** Saves it; the answers about business as usual come from fields named `complete-<line>` and `impact-<line>`. */
  z
    .object({
      verb: z.literal('reportSave'),
      plan: id,
      period: periodSchema,
      report: id,
      page,
      part: page,
      version,
      onward: z.coerce.boolean().catch(false),
      recommendation: field.default(''),
    })
    .catchall(z.unknown()),
  /** "None this time": the board has nothing to decide. */
  z.object({ verb: z.literal('reportNone'), plan: id, period: periodSchema, report: id, page, version }),
  /** Pages the names to settle. */
  z.object({ verb: z.literal('settlePage'), plan: id, page }),
  /** Pages the ledger of a month. */
  z.object({ verb: z.literal('ledger'), plan: id, period: periodSchema, page }),
  /** Pages the audit. */
  z.object({ verb: z.literal('audit'), plan: id, page }),
  /** Settles one lead: a person's id, or `nobody`. The choice comes from an input named `who-<lead>`. */
  z.object({ verb: z.literal('settle'), plan: id, page, lead: z.string().max(200) }).catchall(z.unknown()),
  /** Shows another page of a plan that was sent. Whose draft it is comes from the activity. */
  z.object({ verb: z.literal('draft'), draft: id, show: z.enum(DRAFT_PAGES), page }),
  /** Keeps the answers of a page of questions, or of actions without a row: inputs named as what they answer. */
  z
    .object({
      verb: z.literal('draftKeep'),
      draft: id,
      page,
      of: z.enum(['questions', 'missing']).catch('questions'),
    })
    .catchall(z.unknown()),
  /** Loads it; `missing`: what becomes of actions without a row in the file. */
  z.object({
    verb: z.literal('draftLoad'),
    draft: id,
    missing: z.enum(['keep', 'leave', 'chosen']),
    answered: z.enum(['ours', 'file']).catch('ours'),
  }),
  /** Keeps this one of two files that somebody sent, and throws the other away. */
  z.object({ verb: z.literal('draftChoose'), draft: id }),
  /** Throws it away. */
  z.object({ verb: z.literal('draftLeave'), draft: id }),
  /**
   * Asks a question: pages an answer, or follows a suggestion. `q` is a typed question as JSON, `question` one in words; `action` picks one
   * of several actions with the same ref. `from` is the question whose answer held the button, so that there is a way back to it.
   */
  z.object({
    verb: z.literal('ask'),
    plan: id,
    question: z.string().max(500).default(''),
    q: typedQuestion.optional(),
    action: id.optional().catch(undefined),
    from: typedQuestion.optional().catch(undefined),
    fromPage: page,
    page,
  }),
  /** Posts an answer in the board's channel. */
  z.object({ verb: z.literal('share'), plan: id, q: typedQuestion, action: id.optional().catch(undefined) }),
  /** Opens the actions behind a figure, in a dialog. */
  z.object({
    verb: z.literal('figure'),
    plan: id,
    period: z.union([periodSchema, z.literal('now')]),
    what: z.enum([
      'status',
      'group',
      'groups',
      'moves',
      'carried',
      'silences',
      'total',
      'measures',
      'decisions',
    ]),
    key: z.enum(['red', 'amber', 'green', 'blue', 'grey', 'none']).optional(),
    group: z.string().max(100).optional(),
    page,
  }),
]);

const cardSchema = z.object({
  plan: id,
  message: z
    .string()
    .max(300)
    .regex(/^(prompt|reminder)\|/),
});

/** The message that a pressed button's card is, as all its buttons name it; null on a card that answered somebody. */
export function messageOf(data: unknown): z.infer<typeof cardSchema> | null {
  return cardSchema.safeParse(data).data ?? null;
}

/** A parsed button press. */
export type Verb = z.infer<typeof verbSchema>;
export type VerbName = Verb['verb'];
/** What the buttons of one verb, or of some, send back. */
export type VerbOf<Name extends VerbName> = Extract<Verb, { verb: Name }>;
