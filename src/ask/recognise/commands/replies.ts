import type { Period } from '../../../domain/period';
import { as, either, maybe, type Parser, seq, words } from '../../parser';
import type { Piece } from '../../piece';
import type { Named } from '../../question';
import { somebody } from '../people';
import { ref } from '../refs';
import { monthAfter } from './period';
import { sentences, whole } from './whole';

/*
 * Who has replied this month, who could not be asked, and reminding those who have not: "who is missing?", "remind everyone".
 */

const forMonth = monthAfter('for|of|in|from');

const REPLIED = 'replied/answered/responded/updated/submitted/reported/sent/done/completed/filled';

/** Who has replied and who has not. */
export const silence: Parser<Piece> = either(
  as(
    seq(
      words(
        `who/which/what lead/leads/people? has/have/is not yet? been? ${REPLIED} in? anything/their/theirs/it/update/updates/yet?
          | who has/have not | who did not reply/answer/respond/update
          | who has/have ${REPLIED}
          | who replied/answered/responded
          | who still? owe/owes/need/needs/has/have to? update/reply/answer/us updates?
          | who owes updates?
          | who is/are late with/in/replying/answering/responding their/update/reply?
          | who is/are/was/were missing/outstanding/silent
          | who is/are/has/have yet to reply/answer/respond/update
          | who is/are we/i still? waiting/missing for/on? | who am i waiting for/on
          | who/whom have/has we/i not heard from/back | who/whom have/has not we/i heard from/back
          | who needs/need chasing/reminding/nudge/chase
          | who do/should i/we? need/have? to? chase/remind
          | non replies/reply/repliers/responders/response/responses
          | missing/outstanding/late replies/reply/responses/answers/updates | outstanding returns
          | has/have everyone/everybody/all/they ${REPLIED} yet?
          | have all leads ${REPLIED}
          | how many have/has replied/answered/responded
          | how many people/leads have/has not? ${REPLIED}
          | response rate | reply rate | who is/are silent | silent leads
          | list/show non replies/repliers/responders | no reply | who has/have been silent
          | who forgot | who is/are left to reply/answer | is everyone/everybody done
          | has anyone/anybody not ${REPLIED}
          | which leads/people are/is missing/outstanding/silent
          | how many replies are? outstanding/missing? | how many replies do/have we have/had
          | how is response going`,
      ),
      maybe(words('so far|yet|about their/theirs?|update|their update|updates')),
      forMonth,
    ),
    ([, , month]) => whole({ do: 'silent', period: month, who: null }),
  ),
  as(
    seq(
      words('has/have/did'),
      somebody,
      words(
        `replied/answered/responded/reply/answer/respond
          | sent/done/submitted/updated their/her/his/theirs? update/updates?`,
      ),
      maybe(words('yet|so far')),
      forMonth,
    ),
    ([, who, , , month]) => silentOne(who, month),
  ),
);

/** Whether one person of the plan has replied; a name that nobody has is answered as such. */
function silentOne(who: Named, period: Period | null): Piece | null {
  if (who.kind === 'unknown') return { is: 'unknown', name: who.name };
  return who.kind === 'lead' || who.kind === 'role' ? whole({ do: 'silent', period, who }) : null;
}

/** Whom no message reaches. */
export const unreachable: Parser<Piece> = sentences(
  { do: 'unreachable' },
  `who/whom/which can/could/do/did not you/steward reach/contact/get/message
    | who/whom can/could you/steward not reach/contact/get/message
    | who/which lead/leads/people is/are/was/were? unreachable/unreached
    | who is/are/was/were unreachable | unreachable | unreachable lead/leads/people
    | who/which lead/leads/people? can/could not be reached/contacted
    | who has/have you not been able to reach/contact | who are you unable to reach/contact
    | who are you not able to reach/contact
    | who/which did/has/have not get/got/receive/received it/card/message/prompt/reminder/yet?
    | undelivered messages? | failed messages? | who is not reachable
    | which leads/lead can/could you/steward not reach/contact | who have you not reached
    | anyone you/steward can/could not reach/contact
    | who did not get/receive it/card/message/prompt | is/are anyone unreachable
    | which lead/leads/people can/could you not reach/contact`,
);

const REMIND = words(
  `remind | chase | nudge | prompt | ping | poke | send/give reminder/nudge/chaser to?
    | follow up with | chase up | email | message`,
);
const EVERYONE = words(
  `everyone | everybody | all | them | them all | those | people | all leads | leads
    | late/missing ones | rest | others | all of them | anyone | anybody | lead | whoever | stragglers`,
);
const UNANSWERED = words(
  `who/that has/have not yet? replied/answered/responded/updated/done/sent/submitted theirs/it/their/yet? update/updates/yet?
    | who/that is/are missing/outstanding/late/silent | who/that did not reply/answer/respond
    | with no/outstanding reply/update/updates/answer | yet to reply/answer/respond
    | who/that still? need/needs/have/has to reply/answer/respond/update | who/that owe/owes update
    | outstanding | that has/have not | who has/have not`,
);

const LATE = words(
  `non repliers/responders/replies | late repliers | late leads
    | outstanding leads/replies/updates | missing leads/replies/updates`,
);

function reminding(who: Named | null): Piece {
  return whole({ do: 'remind', who });
}

/** Reminding everybody who has not replied, or one person. */
export const remind: Parser<Piece> = either(
  as(either<unknown>(seq(REMIND, EVERYONE, maybe(UNANSWERED)), seq(REMIND, LATE)), () => reminding(null)),
  sentences(
    { do: 'remind', who: null },
    `send reminder/reminders | send out reminders | send reminder out | remind | chase | chase up
      | send another reminder | send reminders now`,
  ),
  as(
    seq(
      REMIND,
      somebody,
      maybe(
        words(
          `to update/answer/reply | about their/her/his update/updates/actions | again | for update
            | for their/her/his update | about it`,
        ),
      ),
    ),
    ([, who]) => (who.kind === 'me' ? null : reminding(who)),
  ),
  as(seq(words('send/give'), somebody, words('reminder/nudge/chaser/prompt')), ([, who]) => reminding(who)),
  as(seq(words('tell/ask/get'), somebody, words('to update/answer/reply/respond'), maybe(ref)), ([, who]) =>
    reminding(who),
  ),
  as(seq(REMIND, somebody, words('about|on|for'), ref), ([, who]) =>
    who.kind === 'me' ? null : reminding(who),
  ),
);
