/** Seeds of lives that found something, with what it was. They are lived again in every run. */
export const SEEDS: readonly { readonly seed: number; readonly found: string }[] = [
  {
    seed: 21,
    found:
      'a nudge that failed five times said that the plan is stuck after another instance had gone through it, and nobody looked at it before its next step, weeks later',
  },
];
