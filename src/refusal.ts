/** What went wrong, in a sentence for the person at the command line. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
