import { either, type Parser } from '../parser';
import type { Piece } from '../piece';
import { handOver } from './commands/handOver';
import { months } from './commands/month';
import { remind, silence, unreachable } from './commands/replies';
import { answerFor, cover } from './commands/standIn';
import { summary } from './commands/summary';
import { noChange, undo, update } from './commands/updates';
import { sentences } from './commands/whole';

const others: Parser<Piece> = either(
  sentences(
    { do: 'help' },
    `help | help me | hello/hi there | what questions can/could/should i ask | what can you help with
      | hi | hello | hey | hiya | start | menu | what can you do | what can i ask/say/do
      | what can you do for me | how do i use you/this | how does this work | examples
      | show me examples | what do you do | who are you | what are you | commands
      | good morning/afternoon | what should i ask | options | what else can i ask/you do
      | how do you work | get started | instructions | i need help | can you help me?`,
  ),
  sentences(
    { do: 'post-here' },
    `post summary/position/it/updates/update/board/report/this? summary/post/report? here
      | use this channel | post in/to this channel | post here | this is board channel
      | put summary here`,
  ),
  sentences(
    { do: 'settle' },
    `settle | settle names/leads | match names/leads/people | unmatched names/leads/people?
      | who is/are not/un? matched | who could/can not be matched | names that do not match
      | names not matched | who is not matched
      | which names/leads are/could/can not be? matched/unmatched | show unmatched names/leads?
      | fix names | not matched`,
  ),
  sentences({ do: 'play' }, 'play|play month'),
);

/** What somebody wants done, or a card that is no question of actions. Each is the whole of what was said. */
export const commands: Parser<Piece> = either(
  update,
  noChange,
  handOver,
  cover,
  answerFor,
  undo,
  remind,
  unreachable,
  months,
  silence,
  summary,
  others,
);
