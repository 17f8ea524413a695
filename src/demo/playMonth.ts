import { STATUS_KEYS, type StatusKey } from '../domain/status';
import {
  type BotAnswer,
  type Channel,
  type Place,
  postActivity,
  pressActivity,
  type Sender,
} from './activities';
import {
  type ActionForm,
  buttonsOf,
  type Card,
  type CardButton,
  dataSent,
  findButton,
  formOf,
  type Inputs,
  textOf,
} from './cardWalker';
import { answerFor, type PlayedAnswer } from './sampleAnswers';

/** What the play needs to know. */
export interface PlayOptions {
  /** Where the bot takes activities: `http://127.0.0.1:3978/api/messages`. */
  readonly url: string;
  /** Id of the plan, and the month that is open: they go into the buttons' data. */
  readonly plan: string;
  readonly period: string;
  /** Who answers, in this order. */
  readonly people: readonly Sender[];
  /** Address of the Teams service that the bot answers to: the Playground's, or a stand-in's. */
  readonly serviceUrl: string;
  readonly tenant: string;
  readonly botId: string;
}

/** What became of one lead's month. */
export interface PlayedLead {
  readonly name: string;
  /** Refs by outcome: updated, confirmed as unchanged, left unanswered on purpose or to a co-lead. */
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  readonly left: readonly string[];
  /** What the bot did not take, with all that its card said. */
  readonly refused: readonly { readonly ref: string; readonly said: string }[];
  /** What the bot said instead of a list of actions (nothing to answer, no month open); null when it gave one. */
  readonly said: string | null;
}

export interface PlaySummary {
  readonly leads: readonly PlayedLead[];
}

/** A person in their own chat with the bot. */
interface Chat {
  readonly channel: Channel;
  readonly person: Sender;
  readonly place: Place;
  readonly url: string;
}

/** More than any list has: a card that always offers another page or action must not keep us for ever. */
const MOST_PAGES = 200;
const MOST_TURNS = 1_000;

/**
 * Lets people answer the open month: each opens their card, fills in forms and presses buttons over HTTP, exactly
 * as Teams would send it for them. Actions that somebody has answered already are left alone. Answers one after
 * the other, the same way each time. Throws when the bot or the Teams service can't be reached.
 */
export async function playMonth(options: PlayOptions): Promise<PlaySummary> {
  const leads: PlayedLead[] = [];
  for (const person of options.people) {
    leads.push(await playLead(await openChat(options, person), options));
  }
  return { leads };
}

async function playLead(
  chat: Chat,
  { plan, period }: Pick<PlayOptions, 'plan' | 'period'>,
): Promise<PlayedLead> {
  const openList = (page: number): Promise<BotAnswer> =>
    press(chat, 'month', { verb: 'month', plan, period, page, delivered: false });

  const played = {
    name: chat.person.name,
    updated: [] as string[],
    unchanged: [] as string[],
    left: [] as string[],
    refused: [] as { ref: string; said: string }[],
    said: null as string | null,
  };
  const seen = new Set<string>();
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const { ref, list } = await findWaiting(openList, seen);
    if (ref === null) {
      if (seen.size === 0) played.said = whatItSaid(list);
      break;
    }
    seen.add(ref);
    const outcome = await answerAction(chat, ref, list);
    if (typeof outcome === 'object') played.refused.push({ ref, said: outcome.said });
    else played[outcome].push(ref);
  }
  return played;
}

/**
 * Pages through the list for the first action that nobody has answered and that was not seen before: one that
 * still offers "No change". The list is opened anew each time, since answered actions move to its end.
 */
async function findWaiting(
  openList: (page: number) => Promise<BotAnswer>,
  seen: ReadonlySet<string>,
): Promise<{ ref: string | null; list: BotAnswer }> {
  let list = await openList(0);
  for (let page = 1; ; page += 1) {
    const buttons = list.card ? buttonsOf(list.card) : [];
    const waiting = buttons.filter(isNoChange).map((button) => String(button.data.ref));
    const ref = waiting.find((candidate) => !seen.has(candidate));
    if (ref !== undefined) return { ref, list };
    if (page > MOST_PAGES || !buttons.some((button) => button.title.startsWith('Next'))) {
      return { ref: null, list };
    }
    list = await openList(page);
  }
}

async function answerAction(
  chat: Chat,
  ref: string,
  list: BotAnswer,
): Promise<'updated' | 'unchanged' | 'left' | { said: string }> {
  const open = list.card && findButton(list.card, { verb: 'form', ref });
  if (!list.card || !open) return { said: whatItSaid(list) };
  const opened = await pressOn(chat, list.card, open);
  const form = opened.card && formOf(opened.card);
  if (!opened.card || !form) return { said: whatItSaid(opened) };

  const answer = answerFor(ref, chat.person.name, { percent: percentIn(form), status: statusIn(form) });
  if (!answer || answer.kind === 'silence') return 'left';
  if (answer.kind === 'noChange') {
    const confirm = findButton(list.card, { verb: 'noChange', ref });
    const confirmed = confirm ? await pressOn(chat, list.card, confirm) : list;
    // The third month running asks for a sentence: then it stays unanswered here, as it might with a person.
    return isAccepted(confirmed) ? 'unchanged' : { said: whatItSaid(confirmed) };
  }
  return save(chat, opened.card, form, answer);
}

async function save(
  chat: Chat,
  card: Card,
  form: ActionForm,
  answer: Extract<PlayedAnswer, { kind: 'update' }>,
): Promise<'updated' | { said: string }> {
  const typed = filledIn(form, answer);
  const button = form.saves.find(({ data }) => data.after === 'list') ?? form.saves[0];
  if (!button) return { said: textOf(card) };
  const saved = await pressOn(chat, card, button, typed);
  if (isAccepted(saved)) return 'updated';

  const anyway = saved.card && findButton(saved.card, { title: /^Save anyway/ });
  if (!saved.card || !anyway) return { said: whatItSaid(saved) };
  // What was typed must still be there: a person would not type it again, so neither do we.
  const meant = await pressOn(chat, saved.card, anyway);
  return isAccepted(meant) ? 'updated' : { said: whatItSaid(meant) };
}

function filledIn(form: ActionForm, answer: Extract<PlayedAnswer, { kind: 'update' }>): Inputs {
  const has = (id: string): boolean => form.texts.some((input) => input.id === id);
  const letter = answer.status[0]?.toUpperCase() ?? '';
  const choice =
    form.status.choices.find(({ value }) => value === answer.status) ??
    form.status.choices.find(({ title }) => title.startsWith(`${letter} `));
  return {
    [form.percent.id]: String(answer.percent),
    [form.status.id]: choice?.value ?? form.status.value,
    [form.narrative.id]: answer.narrative,
    ...(form.revised && answer.revised ? { [form.revised.id]: answer.revised } : {}),
    ...(answer.barriers !== undefined && has('barriers') ? { barriers: answer.barriers } : {}),
    ...(answer.ask !== undefined && has('ask') ? { ask: answer.ask } : {}),
  };
}

/** Saved: the card that came back is a list again, or another action's form. A form that came back for the same action was not taken. */
function isAccepted(answer: BotAnswer): boolean {
  return answer.status === 200 && answer.card !== null && formOf(answer.card) === null;
}

function isNoChange(button: CardButton): boolean {
  return (button.verb ?? button.data.verb) === 'noChange' && typeof button.data.ref === 'string';
}

function percentIn(form: ActionForm): number | null {
  return form.percent.value === '' ? null : Number(form.percent.value);
}

function statusIn(form: ActionForm): StatusKey | null {
  return STATUS_KEYS.find((key) => key === form.status.value) ?? null;
}

function whatItSaid(answer: BotAnswer): string {
  if (answer.card) return textOf(answer.card);
  return answer.message ?? `HTTP ${answer.status}: ${JSON.stringify(answer.body)}`;
}

function pressOn(chat: Chat, card: Card, button: CardButton, typed?: Inputs): Promise<BotAnswer> {
  return press(chat, button.verb, dataSent(button, card, typed));
}

function press(chat: Chat, verb: string | null, data: Readonly<Record<string, unknown>>): Promise<BotAnswer> {
  return postActivity(chat.url, pressActivity(chat.channel, chat.person, chat.place, verb, data));
}

/** Asks the Teams service for the person's own chat with the bot, so that the bot sees the id that it knows. */
async function openChat(options: PlayOptions, person: Sender): Promise<Chat> {
  const address = `${options.serviceUrl.replace(/\/$/, '')}/v3/conversations`;
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      isGroup: false,
      bot: { id: options.botId },
      members: [{ id: person.id }],
      tenantId: options.tenant,
      channelData: { tenant: { id: options.tenant } },
    }),
  });
  const body = (await answer.json()) as { id?: unknown };
  if (typeof body.id !== 'string') {
    throw new Error(`${address} opened no chat with ${person.name}: HTTP ${answer.status}`);
  }
  return {
    channel: { serviceUrl: options.serviceUrl, tenantId: options.tenant, botId: options.botId },
    person,
    place: { kind: 'personal', conversation: body.id },
    url: options.url,
  };
}
