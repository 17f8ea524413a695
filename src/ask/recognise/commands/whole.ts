import { as, type Parser, words } from '../../parser';
import type { Piece } from '../../piece';
import type { Command } from '../../question';

/** A command is the whole of what was said. */
export function whole(command: Command): Piece {
  return { is: 'whole', question: { kind: 'command', command } };
}

/** Sentences that mean a command as they stand. */
export function sentences(command: Command, pattern: string): Parser<Piece> {
  const piece = whole(command);
  return as(words(pattern), () => piece);
}
