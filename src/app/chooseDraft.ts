import type { Draft } from '../domain/draft';
import { closeDraft } from './confirmDraft';
import type { Deps } from './ports';
import { isOpen } from './readDraft';

/**
 * A person has one draft. Where another file comes while one waits, both are kept until they say which: the later stands beside the earlier under this name,
 * which no person's id can be.
 */
export function besideOf(person: string): string {
  return `${person}|beside`;
}

/** Two files of one person, of which one is to be kept. */
export interface TwoDrafts {
  readonly present: Draft;
  readonly later: Draft;
}

type ChooseDeps = Pick<Deps, 'drafts' | 'clock'>;

/**
 * Keeps one of two files that a person sent, and throws the other away; `id` is the one to keep. Null when there are no two any more. Said twice, the second
 * changes nothing.
 */
export async function chooseDraft(
  deps: ChooseDeps,
  tenant: string,
  person: string,
  id: string,
): Promise<Draft | null> {
  const [present, later] = await Promise.all([
    deps.drafts.readDraft(tenant, person),
    deps.drafts.readDraft(tenant, besideOf(person)),
  ]);
  if (present?.value.id === id) {
    if (later && isOpen(deps, later.value)) await closeDraft(deps, later, { state: 'left', outcome: null });
    return present.value;
  }
  if (later?.value.id !== id || !isOpen(deps, later.value)) return null;
  const content = await deps.drafts.readContent(later.value);
  if (!content) return null;
  const draft: Draft = { ...later.value, person };
  await deps.drafts.keepDraft(draft, content);
  await closeDraft(deps, later, { state: 'left', outcome: null });
  return draft;
}
