import type { Content } from '../app/ports';
import { parseQuestion } from '../ask/questionSchema';
import type { VerbOf } from '../cards/verbs';
import { answerContent } from './ask';
import { typed } from './chat';
import { cardOf, sentence } from './invokeAnswer';
import { type Presser, readingOf } from './presser';
import type { InvokeAnswer, TurnDeps } from './turn';

/**
 * Pages an answer, follows a suggestion, opens one of its actions: a typed question as the card sends it back. One in words is answered as if
 * the presser had typed it, with no more rights than that.
 */
export async function askAgain(deps: TurnDeps, presser: Presser, verb: VerbOf<'ask'>): Promise<InvokeAnswer> {
  const asker = readingOf(presser);
  if (verb.q === undefined) return answerOf((await typed(deps, asker, verb.question))[0], deps);
  const question = parseQuestion(verb.q);
  if (!question) return sentence(deps.words.say('chat.badButton'));
  // What is typed next goes on from what is seen now.
  const { incoming } = asker;
  const seen = question.kind === 'list' ? { ...question, page: verb.page } : question;
  deps.memory.remember(incoming.place.conversation, incoming.caller.userId, seen);
  const from = verb.from === undefined ? null : parseQuestion(verb.from);
  const content = await answerContent(deps, asker, question, {
    page: verb.page,
    action: verb.action,
    back: from && { question: from, page: verb.fromPage },
  });
  return answerOf(content, deps);
}

function answerOf(content: Content | undefined, deps: TurnDeps): InvokeAnswer {
  if (content?.card) return cardOf(content);
  return sentence(content?.text ?? deps.words.say('chat.badButton'));
}

/** Posts an answer in the board's channel, in the name of who shares it. The same tap twice within a minute posts it once. */
export async function share(deps: TurnDeps, presser: Presser, verb: VerbOf<'share'>): Promise<InvokeAnswer> {
  const { plan, person } = presser;
  const question = parseQuestion(verb.q);
  const { binding } = plan;
  if (!question || !binding) return sentence(deps.words.say('chat.badButton'));
  const channel = binding.channelName || deps.words.say('chat.theChannel');
  if (!deps.shared.isFirst(`${plan.id}|${person.id}|${verb.action ?? ''}|${verb.q}`))
    return sentence(deps.words.say('chat.sharedBefore', { channel }));
  const look = { sharedBy: person.name, action: verb.action };
  const content = await answerContent(deps, readingOf(presser), question, look);
  if (!content.card) return sentence(content.text ?? '');
  const sent = await deps.messenger.sendToChannel(
    binding.serviceUrl,
    binding.tenant,
    binding.channel,
    content,
  );
  return sent.outcome === 'sent'
    ? sentence(deps.words.say('chat.shared', { channel }))
    : sentence(deps.words.say('chat.shareFailed', { channel, reason: sent.reason }));
}
