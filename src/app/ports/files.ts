import type { AuditEntry } from '../../domain/audit';
import type { Draft, DraftContent } from '../../domain/draft';
import type { Reload, ReloadWork } from '../../domain/reloadWork';
import type { FullPlan } from '../../domain/understood';
import type { Stored } from './stored';

/* Plans that come as files: read, kept as drafts, loaded again. */

/** Plans that were understood from a file and wait to be confirmed. Nobody sees one but whoever sent the file. */
export interface DraftStore {
  /** The draft of a person; null where there is none. One point read. */
  readDraft(tenant: string, person: string): Promise<Stored<Draft> | null>;
  /** What was understood of the file, and what goes with it; null when it was loaded or left, or was not kept whole. */
  readContent(draft: Draft): Promise<DraftContent | null>;
  /** Keeps a draft in the place of the person's earlier one. A stop in between leaves a draft without its content. */
  keepDraft(draft: Draft, content: DraftContent): Promise<void>;
  /** Saves the draft's own row. */
  saveDraft(draft: Stored<Draft>): Promise<Stored<Draft>>;
  /** Throws away what was understood; the draft's own row stays until it expires. */
  dropContent(draft: Draft): Promise<void>;
  /** Throws away every draft that expired by an instant (UTC ISO). */
  dropExpired(before: string): Promise<void>;
}

/** Loads of a file into a plan that is stored: at most one at a time for each plan. */
export interface ReloadStore {
  /** The load that is going on, or the last one; null when there was none. One point read. */
  readReload(plan: string): Promise<Stored<Reload> | null>;
  /** Writes down a load with all its work, before any of it is done; a {@link Conflict} when another began meanwhile. `before` is what was read. */
  startReload(plan: string, before: Stored<Reload> | null, reload: Reload, work: ReloadWork): Promise<void>;
  /** What a load is to do. Throws when it was not written down whole, which a load that began always is. */
  readWork(plan: string, reload: Reload): Promise<ReloadWork>;
  /** Says that a load is done, with its line of the audit, and takes its work away. */
  finishReload(plan: string, reload: Stored<Reload>, audit: AuditEntry): Promise<void>;
}

/** Reads plans from files and from pasted text. Never throws for what it is given: a refusal is a problem of the plan's. */
export interface PlanReader {
  readFile(bytes: Buffer, name: string): Promise<FullPlan>;
  readText(text: string): Promise<FullPlan>;
}
