import type { Meaning } from './headerWords';

/** Words that no title ends with: what ends so goes on. */
const HANGING =
  /(?:[,;:(–—-]|\b(?:and|or|of|the|to|for|with|in|on|by|a|an|all|from|at|including|their|our|its|is|are|be|as|that|which|who|this|these|into|through|between|within|across|per|via|eg|e\.g\.|ie|i\.e\.))$/i;

/** The words that actions begin with. */
const ACTION_VERB =
  /^(?:[•\-*]\s*)?(?:to\s+)?(?:accelerate|address|adopt|agree|align|allocate|analyse|appoint|arrange|assess|audit|brief|build|carry out|clarify|co-?produce|collaborate|commission|communicate|complete|conduct|consider|consult|continue|convene|coordinate|co-ordinate|create|define|deliver|design|determine|develop|disseminate|embed|enable|engage|ensure|establish|evaluate|expand|explore|extend|facilitate|finalise|gather|hold|identify|implement|improve|incorporate|increase|introduce|invest|investigate|issue|launch|lead|link|maintain|map|monitor|move|negotiate|offer|organise|pilot|plan|prepare|present|procure|produce|promote|propose|provide|publicise|publish|recruit|redesign|reduce|refresh|relaunch|report|research|restructure|review|revise|roll out|scope|secure|set up|share|source|standardise|streamline|strengthen|submit|support|survey|test|track|train|undertake|update|upgrade|use|utilise|validate|work|write)\b/i;

/** Whether a text stops in mid-sentence, so that what follows is its rest: "in partnership with", "schools,". */
export function endsMidPhrase(text: string): boolean {
  return HANGING.test(text.trim());
}

/** Whether a text begins in mid-sentence: a small letter, or what joins. */
export function beginsMidPhrase(text: string): boolean {
  return /^(?:[\p{Ll}(,;&)]|➤)/u.test(text.trim());
}

/** Whether a text reads as the beginning of an action: "Review the pathway". */
export function beginsLikeAction(text: string): boolean {
  return /^\P{Ll}/u.test(text) && ACTION_VERB.test(text);
}

/** Parts a cell in two where its first line is the rest of the cell above: that line, and what follows it. */
export function splitTail(above: string, text: string): { tail: string; own: string } {
  if (above === '' || !beginsMidPhrase(text)) return { tail: '', own: text };
  const [first = '', ...rest] = text.split('\n');
  return { tail: first, own: rest.join('\n') };
}

/** Joins what a page end parted: within a sentence by a space, whole sentences by a line. */
export function joinTexts(before: string, after: string, meaning: Meaning): string {
  if (before === '' || after === '') return before + after;
  if (meaning === 'lead' || meaning === 'coLead') return joinLeads(before, after);
  const isSentenceEnd = /[.!?:;]$/.test(before) && /^[\p{Lu}\d•-]/u.test(after);
  return isSentenceEnd && meaning !== 'planned' && meaning !== 'revised'
    ? `${before}\n${after}`
    : `${before} ${after}`;
}

/** A post's last word: what follows it in the next cell is another lead. */
const POST_END =
  /\b(?:psychologist|manager|officer|board|forum|director|coordinator|commissioner|headteacher)$/i;

/** A post that is named, and the beginning of another one. */
const POST_WORD = /\b(?:lead|manager|officer|director|commissioner|head|nurse|psychologist)\b/i;
const POST_BEGIN = /^(?:specialist|strategic|head|director|principal|assistant|deputy|designated) \p{L}/iu;

function joinLeads(before: string, after: string): string {
  const open = (text: string): number => text.split(/[[(]/).length - text.split(/[\])]/).length;
  // "(Head of Education)" above "Improvement)": the bracket was closed too early, at the page's end.
  if (open(before) === 0 && open(after) < 0 && before.endsWith(')')) return `${before.slice(0, -1)} ${after}`;
  const isNextPost = POST_BEGIN.test(after) && POST_WORD.test(before) && !endsMidPhrase(before);
  const isWhole = (/[)\]]$/.test(before) && !/^[)\],;]/.test(after)) || POST_END.test(before) || isNextPost;
  return isWhole && open(before) === 0 ? `${before}; ${after}` : `${before} ${after}`;
}
