import type { Period } from '../domain/period';
import type { StatusScale } from '../domain/status';
import type { Command, Named, SaidValues } from './question';
import { dayName, monthName, NONE, type Say, statusNames, whoName } from './sayWords';

/** Says a command as somebody would type it: "Hand 1.3.2 to [name]". */
export function sayCommand(one: Command, scale: StatusScale, say: Say): string {
  switch (one.do) {
    case 'help':
    case 'post-here':
    case 'settle':
    case 'play':
    case 'unreachable':
    case 'decisions':
      return say(`ask.do.${one.do}`);
    case 'measures':
      return one.named === undefined
        ? say('ask.do.measures', { which: one.which, ref: one.ref ?? 'none' })
        : say('ask.do.measureNamed', { name: one.named });
    case 'summary':
    case 'open':
    case 'close':
    case 'preview':
      return say(`ask.do.${one.do}`, { month: monthOrNone(one.period, say) });
    case 'publish':
      return say('ask.do.publish', { month: monthOrNone(one.period, say), again: one.again ? 'yes' : 'no' });
    case 'silent': {
      const month = monthOrNone(one.period, say);
      return one.who
        ? say('ask.do.silentWho', { name: whoName(one.who, say), month })
        : say('ask.do.silent', { month });
    }
    case 'update':
      return say('ask.do.update', { ref: one.ref, values: valuesOrNone(one.says, scale, say) });
    case 'no-change': {
      const values = say('ask.do.noChange', { ref: one.ref ?? NONE });
      return say('ask.values', { values, narrative: one.narrative ?? NONE });
    }
    case 'hand-over': {
      const { what, to } = one;
      return say('ask.do.handOver', {
        what: what.kind === 'action' ? what.ref : allOf(what.who, say),
        name: namedName(to, say),
      });
    }
    case 'cover':
      return say('ask.do.cover', {
        by: namedName(one.by, say),
        of: namedName(one.of, say),
        until: one.until ? dayName(one.until, say) : NONE,
      });
    case 'answer-for':
      return say('ask.do.answerFor', {
        name: namedName(one.who, say),
        ref: one.ref ?? NONE,
        values: valuesOrNone(one.says, scale, say),
      });
    case 'undo':
      return say('ask.do.undo', { ref: one.ref ?? NONE });
    case 'remind':
      return one.who ? say('ask.do.remind', { name: namedName(one.who, say) }) : say('ask.do.remindAll');
  }
}

function allOf(who: Named, say: Say): string {
  return who.kind === 'me' ? say('ask.do.allOfYours') : say('ask.do.allOf', { name: namedName(who, say) });
}

function namedName(who: Named, say: Say): string {
  if (who.kind === 'unknown') return who.name;
  return who.kind === 'me' ? say('ask.do.me') : whoName(who, say);
}

function valuesOrNone(said: SaidValues, scale: StatusScale, say: Say): string {
  const parts = [
    ...(said.percent === null ? [] : [say('ask.value.percent', { n: said.percent })]),
    ...(said.status === null ? [] : [statusNames([said.status], scale, say)]),
    ...(said.revised === null ? [] : [say('ask.value.revised', { day: dayName(said.revised, say) })]),
  ];
  if (parts.length === 0 && said.narrative === null) return NONE;
  return say('ask.values', { values: parts.join(' '), narrative: said.narrative ?? NONE });
}

function monthOrNone(period: Period | null, say: Say): string {
  return period ? monthName(period, say) : NONE;
}
