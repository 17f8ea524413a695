import type { Deps } from '../../src/app/ports';
import { makeMemory, makeOnce } from '../../src/teams/memory';
import type { TurnDeps } from '../../src/teams/turn';
import { english } from '../../src/words/words';

/** What turns work with, over the use cases' world: a process that has heard of nobody yet, and no worker. */
export function turnDepsOf(deps: Deps): TurnDeps {
  return {
    ...deps,
    words: english,
    memory: makeMemory(() => new Date()),
    shared: makeOnce(() => new Date()),
    advance: async () => undefined,
    settleTeams: async () => undefined,
    play: null,
    openMode: true,
  };
}
