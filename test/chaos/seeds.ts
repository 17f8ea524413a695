/** Seeds of lives that found something, with what it was. They are lived again in every run. */
export const SEEDS: readonly { readonly seed: number; readonly found: string }[] = [
  {
    seed: 21,
    found:
      'a nudge that failed five times said that the plan is stuck after another instance had gone through it, and nobody looked at it before its next step, weeks later',
  },
  {
    seed: 1186,
    found:
      'a reminder by hand planned a prompt before it had woken the worker: where its turn then failed, that lead was asked with the month’s next step, a week later',
  },
  {
    seed: 1104,
    found:
      'three instances that answer one person in the same second pass the limit of a conversation together: each keeps it by itself, which is what is promised',
  },
  {
    seed: 7056,
    found:
      'a client repeated the write of "throttled" after its process had stood still: another had sent the prompt since, and the repeated news put it back to be sent again',
  },
  {
    seed: 7167,
    found: 'the same, where several prompts had been put off at once',
  },
  {
    seed: 4040,
    found:
      'a cover ran out before anything could be sent, and the month was closed by then: neither the deputy nor the lead was asked',
  },
  {
    seed: 9051,
    found:
      'a publication was asked for, an instance looked between the word to the workers and the write, and put the plan off; the nudge after it was lost too, and nobody published until the sweep',
  },
  {
    seed: 12013,
    found:
      'asking in the place of one prompt’s person took from another prompt what its lead, who had left since, was asked, and gave it to nobody',
  },
  {
    seed: 2102,
    found:
      'a delivered action was answered as no longer so while the month opened: the checker took it for one that was to be asked',
  },
  {
    seed: 18146,
    found:
      'five messages to the officer, whose chat was not known yet, made it five times in one second, before they were sent',
  },
  {
    seed: 19056,
    found:
      'a load of the plan began while the one before, which was done, still put its work away: it took away the work of the new one too, and the plan was stuck',
  },
];
