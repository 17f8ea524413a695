import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { SAMPLE_PLAN_FILE } from '../../src/demo/sample';
import { writeDocument } from '../../src/papers/documentFile';
import { fixedZip } from '../../src/papers/fixedZip';
import { reportView } from '../../src/papers/report';
import { trackerView } from '../../src/papers/tracker';
import type { WorkbookView } from '../../src/papers/workbook';
import { writeWorkbook } from '../../src/papers/workbookFile';
import { readPlan } from '../../src/plans/readPlan';
import { english } from '../../src/words/words';
import { paperWorld, SEPTEMBER } from './support';

/** Run by `npm run test:papers`: opens the papers in LibreOffice, works the figures out anew, and leaves pictures of the pages to look at. */

const OUT = join(__dirname, '..', '..', 'test-output', 'papers');
const hasOffice = spawnSync('soffice', ['--version']).status === 0;
if (!hasOffice) process.stderr.write('LibreOffice (soffice) is not installed here: nothing was looked at.\n');
const where = hasOffice ? test : test.skip;

where(
  'LibreOffice works out the figures that Steward prints, and opens both papers',
  async () => {
    rmSync(OUT, { recursive: true, force: true });
    mkdirSync(OUT, { recursive: true });
    const world = await paperWorld(await readPlan(readFileSync(SAMPLE_PLAN_FILE), 'plan.csv'));
    const { id } = await world.plan();
    const counts = { red: 0, amber: 32, green: 29, blue: 31, grey: 2, none: 0 };
    await world.deps.months.saveEarlierTotals(id, {
      period: '2023-06',
      counts,
      scale: 'five-colours',
      from: 'typed',
    });
    await world.answer('1.1.2', { status: 'red', percent: 40, narrative: '=1+1', ask: 'Agree a new date.' });
    await world.answer('1.1.3', { status: 'blue', percent: 100, narrative: 'It is done.' });
    await world.publish(SEPTEMBER);
    const facts = await world.facts({ period: SEPTEMBER });
    const view = trackerView(facts, english);
    const bytes = await writeWorkbook(view);
    writeFileSync(join(OUT, 'tracker.xlsx'), bytes);
    writeFileSync(join(OUT, 'report.docx'), await writeDocument(reportView(facts, english)));
    // Without the values that Steward keeps beside its formulas, LibreOffice has to work each of them out.
    const bare = fixedZip(bytes, (name, text) =>
      name.startsWith('xl/worksheets/') ? text.replace(/<\/f><v>[^<]*<\/v>/g, '</f>') : text,
    );
    writeFileSync(join(OUT, 'bare.xlsx'), bare);
    office('xlsx:Calc MS Excel 2007 XML', join(OUT, 'recomputed'), 'bare.xlsx');
    for (const file of ['tracker.xlsx', 'report.docx']) {
      office('pdf', join(OUT, file.split('.')[0] ?? ''), file);
    }
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(join(OUT, 'recomputed', 'bare.xlsx'));
    const wanted = formulasOf(view);
    expect(wanted.length).toBeGreaterThan(100);
    const found = wanted.map(({ sheet, row, column }) => {
      const result = workbook.getWorksheet(sheet)?.getCell(row, column).result;
      return typeof result === 'number' ? Math.round(result * 1e9) / 1e9 : (result ?? '');
    });
    expect(found).toEqual(wanted.map(({ result }) => (result === '' ? '' : Math.round(result * 1e9) / 1e9)));
    for (const paper of ['tracker', 'report'])
      spawnSync('pdftoppm', ['-r', '75', '-png', join(OUT, paper, `${paper}.pdf`), join(OUT, paper, 'page')]);
  },
  240_000,
);

function office(format: string, folder: string, file: string): void {
  const profile = `-env:UserInstallation=file://${join(OUT, 'profile')}`;
  execFileSync(
    'soffice',
    [profile, '--headless', '--convert-to', format, '--outdir', folder, join(OUT, file)],
    {
      stdio: 'ignore',
    },
  );
}

/** Every formula with its place, its row and column counted from 1. */
function formulasOf({ sheets }: WorkbookView) {
  return sheets.flatMap(({ name, rows }) =>
    rows.flatMap(({ cells }, at) => {
      let column = 1;
      return cells.flatMap((cell) => {
        const own = column;
        column += cell?.across ?? 1;
        const value = cell?.value;
        return value?.kind === 'formula'
          ? [{ sheet: name, row: at + 1, column: own, result: value.result }]
          : [];
      });
    }),
  );
}
