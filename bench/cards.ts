import { Template } from 'adaptivecards-templating';
import formTemplate from '../cards/form.json';
import monthTemplate from '../cards/month.json';
import postTemplate from '../cards/post.json';
import { formCard } from '../src/cards/form';
import { monthCard } from '../src/cards/month';
import { postCard } from '../src/cards/post';
import { english } from '../src/words/words';
import { FORM, MONTH, POST } from '../test/cards/samples';
import { median, percentile, report, round, run, setting, turnAndTurnAbout } from './harness';

/*
 * Our way to a card (facts, view, a template that was parsed when the program began) against the template engine's plainest use: parsing the
 * template for each card and expanding it. Both fill in the same view, caught on its way into the engine.
 */

const ROUNDS = setting('BENCH_ROUNDS', 200);

const CARDS = {
  month: { template: monthTemplate as object, render: () => monthCard(MONTH, english) },
  form: { template: formTemplate as object, render: () => formCard(FORM, english) },
  post: { template: postTemplate as object, render: () => postCard(POST, english) },
};

async function main(): Promise<void> {
  const lines = [];
  for (const [card, { template, render }] of Object.entries(CARDS)) {
    const expansions = expansionsIn(render);
    const view = expansions.at(-1)?.view;
    if (!view) throw new Error('nothing was expanded');
    const parsedOnce = new Template(template);
    const times = await turnAndTurnAbout(
      {
        ours: async () => void render(),
        once: async () => void parsedOnce.expand(view),
        each: async () => void new Template(template).expand(view),
      },
      ROUNDS,
    );
    const each = median(times.each);
    lines.push({
      card,
      bytes: JSON.stringify(render()).length,
      'templates filled in': expansions.length,
      'parsed each time: ms': round(each, 3),
      'parsed once': round(median(times.once) / each),
      'our whole way': round(median(times.ours) / each),
      'our p99': round(percentile(times.ours, 0.99) / each),
    });
  }
  report('cards', lines, [
    'As ratios to parsing and expanding the card’s own template each time. Our whole way has the view made first (words, dates, pages, weights) and each row’s template filled in too.',
  ]);
}

/** What the engine is given while something is rendered. */
function expansionsIn(render: () => unknown): { readonly view: Parameters<Template['expand']>[0] }[] {
  const found: { readonly view: Parameters<Template['expand']>[0] }[] = [];
  const original = Template.prototype.expand;
  Template.prototype.expand = function expand(view, ...others) {
    found.push({ view });
    return original.call(this, view, ...others);
  };
  try {
    render();
  } finally {
    Template.prototype.expand = original;
  }
  return found;
}

run(main);
