import type { NamedLead } from '../../domain/plan';
import type { Words } from '../../words/words';
import { cut, plain } from '../escape';
import { GROUP_LIMIT } from '../format';
import { BOLD, gap, run, SUBTLE, type TextRun } from '../runs';

const MOST_NAMES = 12;

/** `Maya Okafor (Head of SEND)`, `Tom Reed, co-lead`. */
export function leadName(lead: NamedLead, words: Words): string {
  const name = cut(plain(lead.name), GROUP_LIMIT);
  const role = cut(plain(lead.role ?? ''), GROUP_LIMIT);
  if (lead.kind === 'co-lead') {
    return role === ''
      ? words.say('answer.coLead', { name })
      : words.say('answer.coLeadRole', { name, role });
  }
  return role === '' ? name : words.say('answer.leadRole', { name, role });
}

/** A label and everybody after it; who does not fit is counted. */
export function leadRuns(label: string, leads: readonly NamedLead[], words: Words): TextRun[] {
  const names = leads.slice(0, MOST_NAMES).map((lead) => leadName(lead, words));
  const more = leads.length - names.length;
  const rest = more > 0 ? [gap(' '), run(words.say('action.more', { n: more }), SUBTLE)] : [];
  return [run(label, BOLD), gap(' '), run(names.join('; ')), ...rest];
}
