import { noteArrival } from '../app/noteArrival';
import { noteRead } from '../app/noteRead';
import { parseQuestion } from '../ask/questionSchema';
import { messageOf, type Verb, type VerbOf, verbSchema } from '../cards/verbs';
import { may } from '../domain/authority';
import type { Incoming } from './activity';
import { VERB_DEEDS } from './deeds';
import { openFigure } from './figureDialog';
import { type DraftVerb, pressedDraft } from './intake';
import { cardOf, sentence } from './invokeAnswer';
import { showMonth } from './leadsMonth';
import { showLedger } from './ledger';
import { type Presser, readPresser } from './presser';
import { askAgain, share } from './questionButtons';
import { keepUnsaved, saveReadings } from './readingButtons';
import { askedFor } from './readLog';
import { confirmNoChange, openForm, save } from './replyButtons';
import { openReport, reportNone, saveReport } from './reportButtons';
import { auditPage } from './rights';
import { settle, settlePage } from './settleButtons';
import type { InvokeAnswer, TurnDeps } from './turn';

/** What says something in the plan: who may is looked at where it is kept. */
type ReplyVerb = VerbOf<'save' | 'noChange' | 'readings' | 'reportSave' | 'reportNone'>;

/** Does what a pressed button asks for, and gives the card that takes its place; notes beside it that the button's card has arrived. */
export async function pressed(
  deps: TurnDeps,
  incoming: Incoming,
  data: unknown,
  messageId: string | null,
): Promise<InvokeAnswer> {
  const [answer] = await Promise.all([
    answerPress(deps, incoming, data, messageId),
    noteCard(deps, incoming, data, messageId),
  ]);
  return answer;
}

/** What a press proves of its card. A courtesy, which the answer is not: what fails here is told to the log alone. */
async function noteCard(
  deps: TurnDeps,
  { caller, place }: Incoming,
  data: unknown,
  messageId: string | null,
): Promise<void> {
  const card = messageOf(data);
  if (!card || place.kind !== 'personal') return;
  const { conversation } = place;
  try {
    await noteArrival(deps, caller, { ...card, conversation, messageId });
  } catch (error) {
    deps.log.warn({ plan: card.plan, error: String(error) }, 'that a message arrived could not be noted');
  }
}

/** The data is parsed first and names things only: who presses is the activity's caller, what stands in the plan is read. */
async function answerPress(
  deps: TurnDeps,
  incoming: Incoming,
  data: unknown,
  messageId: string | null,
): Promise<InvokeAnswer> {
  const parsed = verbSchema.safeParse(data);
  if (!parsed.success) return sentence(deps.words.say('chat.badButton'));
  const verb = parsed.data;
  if (isLeaving(verb)) {
    const unsaved = await keepUnsaved(deps, incoming, verb, data);
    if (unsaved) return unsaved;
  }
  switch (verb.verb) {
    case 'save':
      return save(deps, incoming, verb, messageId);
    case 'noChange':
      return confirmNoChange(deps, incoming, verb, messageId);
    case 'readings':
      return saveReadings(deps, incoming, verb, data, messageId);
    case 'reportSave':
      return saveReport(deps, incoming, verb, data, messageId);
    case 'reportNone':
      return reportNone(deps, incoming, verb, messageId);
    case 'draft':
    case 'draftKeep':
    case 'draftChoose':
    case 'draftLoad':
    case 'draftLeave':
      return pressedDraft(deps, incoming, verb, data);
    default: {
      const presser = await readPresser(deps, incoming, verb.plan);
      return 'kind' in presser ? presser : pressedByReader(deps, presser, verb, data);
    }
  }
}

/** Whether a button may stand beside fields of measures, and has another card take the place of theirs. */
function isLeaving(verb: Verb): verb is VerbOf<'month' | 'form' | 'noChange' | 'reportForm' | 'reportNone'> {
  return ['month', 'form', 'noChange', 'reportForm', 'reportNone'].includes(verb.verb);
}

/** What shows something of the plan, or is the programme officer's to do: looked at here first. */
async function pressedByReader(
  deps: TurnDeps,
  presser: Presser,
  verb: Exclude<Verb, ReplyVerb | DraftVerb>,
  data: unknown,
): Promise<InvokeAnswer> {
  const { plan, person } = presser;
  const { deed, of } = VERB_DEEDS[verb.verb];
  if (of === 'plan' && !may(deed, presser.standing))
    return sentence(deps.words.say(deed === 'share' ? 'roles.shareReader' : 'chat.onlyOfficer'));
  switch (verb.verb) {
    case 'month':
      return showMonth(deps, plan, person, verb.period, {
        page: verb.page,
        onward: verb.onward,
        showDelivered: verb.delivered,
      });
    case 'form':
      return openForm(deps, presser, verb);
    case 'reportForm':
      return openReport(deps, presser, verb);
    case 'settlePage':
      return settlePage(deps, plan, verb.page, null);
    case 'settle':
      return settle(deps, presser, verb, data);
    case 'ask':
      noteRead(deps, plan, askedFor(presser, (verb.q ? parseQuestion(verb.q) : null) ?? 'ask'));
      return askAgain(deps, presser, verb);
    case 'share':
      noteRead(deps, plan, askedFor(presser, 'share'));
      return share(deps, presser, verb);
    case 'figure':
      noteRead(deps, plan, askedFor(presser, 'figure'));
      return openFigure(deps, plan, verb);
    case 'ledger': {
      noteRead(deps, plan, askedFor(presser, 'ledger'));
      const ledger = await showLedger(deps, presser, { period: verb.period, page: verb.page + 1 });
      return ledger.card ? cardOf(ledger) : sentence(ledger.text ?? '');
    }
    case 'audit':
      noteRead(deps, plan, askedFor(presser, 'audit'));
      return cardOf(await auditPage(deps, plan, verb.page));
  }
}
