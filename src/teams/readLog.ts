import type { Asked } from '../app/noteRead';
import { conditionsOf, type Question } from '../ask/question';
import type { Incoming } from './activity';

/** What is written down of something that was asked for: a question's kind and how many refs it names, or what else it was. */
export function askedFor(
  { incoming, standing }: { readonly incoming: Incoming; readonly standing: { readonly person: string } },
  what: Question | string,
): Asked {
  const place = incoming.place.kind === 'personal' ? 'personal' : 'channel';
  const { person } = standing;
  if (typeof what === 'string') return { person, kind: what, refs: 0, place };
  const kind = what.kind === 'command' ? what.command.do : what.kind;
  return { person, kind, refs: refsIn(what), place };
}

function refsIn(question: Question): number {
  if (question.kind === 'command') return 'ref' in question.command && question.command.ref ? 1 : 0;
  if ('ref' in question) return 1;
  if (question.kind === 'leads' && question.of.kind === 'action') return 1;
  return conditionsOf(question).reduce((sum, one) => sum + (one.kind === 'refs' ? one.ranges.length : 0), 0);
}
