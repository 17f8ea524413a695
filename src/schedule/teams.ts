import type { Content, Deps } from '../app/ports';
import { settleTeam, type TeamTold } from '../app/settleTeam';
import type { Plan } from '../domain/plan';

/** What a team without a plan of its own is told. */
export type TellTeam = (told: TeamTold, plan: Plan | null) => Content;

/** Settles the teams that Steward was added to, one run at a time; what is asked for during a run is another run after it. */
export function makeTeamSettler(
  deps: Deps,
  tell: TellTeam,
  advance: (plan: string) => Promise<void>,
  isStopped: () => boolean,
): { settle(): Promise<void> } {
  let settling: Promise<void> | null = null;
  let again = false;

  const settleAll = async (): Promise<void> => {
    do {
      again = false;
      for (const team of await deps.people.readNewTeams()) {
        try {
          const plan = await settleTeam(deps, team.value, tell);
          if (plan) await advance(plan);
        } catch (error) {
          deps.log.warn({ error: String(error) }, 'a team could not be settled yet; it is tried again');
        }
      }
    } while (again && !isStopped());
  };

  return {
    settle: () => {
      if (settling) {
        again = true;
        return settling;
      }
      settling = settleAll().finally(() => {
        settling = null;
      });
      return settling;
    },
  };
}
