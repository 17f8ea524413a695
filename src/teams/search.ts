import { z } from 'zod';
import { noteRead } from '../app/noteRead';
import { identify, planOf } from '../app/people';
import { plain } from '../cards/escape';
import { actionName, standing as standingName } from '../cards/format';
import { may } from '../domain/authority';
import type { Action } from '../domain/plan';
import { refSortKey } from '../domain/refs';
import { scaleAt } from '../domain/status';
import type { Incoming } from './activity';
import { answerContent } from './ask';
import { SEARCH_DEED } from './deeds';
import { askedFor } from './readLog';
import { standingIn, type TurnDeps } from './turn';

/** What Teams sends while somebody types in the compose box (https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search). */
const querySchema = z.object({
  commandId: z.string().max(100).nullish(),
  parameters: z
    .array(z.object({ name: z.string().max(100), value: z.unknown() }))
    .max(10)
    .nullish(),
  queryOptions: z
    .object({ skip: z.number().int().min(0).max(10_000).nullish(), count: z.number().nullish() })
    .nullish(),
});

/** How many actions a search shows at a time. */
const A_PAGE = 10;
const CARD = 'application/vnd.microsoft.card.adaptive';
const PREVIEW = 'application/vnd.microsoft.card.thumbnail';

/**
 * Searches the plan from the compose box, by ref or by words, and gives each action's card to insert in any chat. Only for those who
 * may read the plan; what is inserted names who shares it and has no button that updates.
 */
export async function searchPlan(deps: TurnDeps, incoming: Incoming, value: unknown): Promise<unknown> {
  const query = querySchema.safeParse(value);
  if (!query.success) return message(deps.words.say('chat.searchNothing'));
  const person = await identify(deps, incoming.caller);
  const planId = planOf(person?.value);
  const plan = planId ? (await deps.plans.readPlan(planId))?.value : undefined;
  if (!person || !plan || plan.binding?.tenant !== incoming.caller.tenant)
    return message(deps.words.say('chat.noPlanHere'));
  const at = standingIn(deps, plan, person.value.id, person.value);
  const { standing } = at;
  if (!standing || !may(SEARCH_DEED, standing)) return message(deps.words.say('chat.stranger'));
  const text =
    query.data.parameters?.map(({ value: typed }) => (typeof typed === 'string' ? typed : '')).join(' ') ??
    '';
  const skip = query.data.queryOptions?.skip ?? 0;
  const found = matching(await deps.plans.readActions(plan.id), text === 'true' ? '' : text).slice(
    skip,
    skip + A_PAGE,
  );
  if (found.length === 0) return message(deps.words.say('chat.searchNothing'));
  const asker = { incoming, person, ...at, standing };
  noteRead(deps, plan, askedFor(asker, 'search'));
  const scale = scaleAt(plan.scales, plan.latest ?? plan.asOf ?? '9999-12');
  const attachments = await Promise.all(
    found.map(async (action) => {
      const look = { sharedBy: person.value.name, action: action.id };
      const content = await answerContent(deps, asker, { kind: 'action', ref: action.ref }, look);
      const now = { status: action.status.key, percent: action.percent };
      const preview = {
        title: actionName(action, deps.words),
        text: plain(standingName(scale, now, deps.words)),
      };
      return {
        contentType: CARD,
        content: content.card,
        preview: { contentType: PREVIEW, content: preview },
      };
    }),
  );
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

/** The actions that a text is about, the nearest first: the ref itself, refs that begin with it, then those with every word in title or narrative. */
function matching(actions: readonly Action[], text: string): Action[] {
  const wanted = text.trim().toLowerCase().slice(0, 200);
  if (wanted === '') return [...actions];
  const words = wanted.split(/\s+/);
  const rank = (action: Action): number => {
    const ref = action.ref.toLowerCase();
    if (ref === wanted) return 0;
    if (ref.startsWith(wanted)) return 1;
    const title = action.title.toLowerCase();
    if (words.every((word) => title.includes(word))) return 2;
    const all = `${title} ${action.narrative.toLowerCase()} ${ref}`;
    return words.every((word) => all.includes(word)) ? 3 : 4;
  };
  return actions
    .map((action) => ({ action, rank: rank(action), key: refSortKey(action.ref) }))
    .filter((one) => one.rank < 4)
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1))
    .map(({ action }) => action);
}

function message(text: string): unknown {
  return { composeExtension: { type: 'message', text } };
}
