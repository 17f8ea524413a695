import { readPlan } from '../../src/plans/readPlan';
import * as annexes from '../fixtures/plans/areas/annexes';
import * as areas2025 from '../fixtures/plans/areas/areas2025';
import * as boards from '../fixtures/plans/areas/boards';
import * as codes from '../fixtures/plans/areas/codes';
import * as councils from '../fixtures/plans/areas/councils';
import * as county from '../fixtures/plans/areas/county';
import * as extracted from '../fixtures/plans/areas/extracted';
import * as finals from '../fixtures/plans/areas/finals';
import * as harder from '../fixtures/plans/areas/harder';
import * as inWord from '../fixtures/plans/areas/inWord';
import * as lastly from '../fixtures/plans/areas/lastly';
import * as monthly from '../fixtures/plans/areas/monthly';
import * as notices from '../fixtures/plans/areas/notices';
import * as oddities from '../fixtures/plans/areas/oddities';
import * as packs from '../fixtures/plans/areas/packs';
import * as partnerships from '../fixtures/plans/areas/partnerships';
import * as progress from '../fixtures/plans/areas/progress';
import * as published from '../fixtures/plans/areas/published';
import * as reports from '../fixtures/plans/areas/reports';
import * as revisits from '../fixtures/plans/areas/revisits';
import * as statements from '../fixtures/plans/areas/statements';
import { type AreaPlan, compareCells } from '../fixtures/plans/areas/truth';
import { makeDocx } from '../fixtures/plans/office';

/** Plans of areas that do not exist, each laid out as another real kind of plan is. */
const AREAS: readonly AreaPlan[] = [
  statements,
  progress,
  oddities,
  extracted,
  harder,
  lastly,
  councils,
  partnerships,
  revisits,
  monthly,
  finals,
  reports,
  published,
  packs,
  boards,
  notices,
  areas2025,
  codes,
  annexes,
  county,
  inWord,
].flatMap((file) => Object.values(file));
/** Share of the cells that must be read as a person reads them. */
const ENOUGH = 0.97;

const figures: string[] = [];
afterAll(() => {
  process.stdout.write(`Cells read right, by plan:\n${figures.join('\n')}\n`);
});

test.each(AREAS.map((area) => [area.name, area] as const))('%s', async (name, area) => {
  const plan = await readPlan(makeDocx(area.blocks, area.parts), 'plan.docx');
  const { right, cells, wrong } = compareCells(area, plan);
  figures.push([`  ${right} of ${cells}  ${name}`, ...wrong.map((one) => `    ${one}`)].join('\n'));
  expect({ enough: right / cells >= ENOUGH, wrong: right / cells >= ENOUGH ? [] : wrong }).toEqual({
    enough: true,
    wrong: [],
  });
});
