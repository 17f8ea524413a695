import type { Problem, UnderstoodPlan } from '../domain/understood';
import { excessOfWorkbook, type FileKind, kindOfFile, LARGEST_FILE } from './fileKind';
import { nameThePlan } from './planTitle';
import { readCsv } from './readCsv';
import { readXlsx } from './readXlsx';
import { problem, type TablesRead } from './tables';
import { understandTables } from './understandTables';

/** What a file that can't be read is told, by what it is. */
const REFUSALS: Readonly<Partial<Record<FileKind, string>>> = {
  docx: 'This is a Word document, which can’t be read yet: put the plan’s table in a sheet and save it as .xlsx or .csv.',
  ods: 'This is an OpenDocument sheet: save it as .xlsx or .csv and send that file.',
  zip: 'This is a zip archive, not a plan: take the sheet out of it and send that file.',
  xls: 'This is a file of old Office (.xls): open it in Excel, save it as .xlsx and send that file.',
  locked: 'The workbook is locked with a password: save a copy without one and send that file.',
  pdf: 'This is a PDF, from which tables can’t be read safely: send the sheet that it was made from.',
  empty: 'The file is empty.',
  damaged: 'The file is damaged or of a kind that is not known: send the plan as .xlsx or .csv.',
};

/**
 * Reads a plan from the bytes of a file: .xlsx, .csv or .tsv, told by what the bytes are and not by the name. Says
 * everything that it understood and everything that it doubts, each with its place. Never throws: a wrong, damaged or far too large file
 * gives an empty plan with one error that says what to do. `fileName` helps to name the plan and its month.
 */
export async function readPlan(bytes: Buffer, fileName: string): Promise<UnderstoodPlan> {
  try {
    const { tables, problems } = await readTables(bytes);
    if (tables.length === 0) return emptyPlan(fileName, problems);
    const plan = understandTables(tables, fileName);
    return {
      ...plan,
      problems: [...problems.filter(isError), ...plan.problems, ...problems.filter((one) => !isError(one))],
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The file could not be read, by a fault of Steward’s (${reason}): please report it. Saving the sheet as .csv may help.`;
    return emptyPlan(fileName, [problem('error', 'the file', message)]);
  }
}

async function readTables(bytes: Buffer): Promise<TablesRead> {
  if (bytes.length > LARGEST_FILE) {
    const size = Math.ceil(bytes.length / 1024 / 1024);
    return refuse(
      `The file has ${size} MB; at most ${LARGEST_FILE / 1024 / 1024} MB are read. Take pictures and other sheets out of it.`,
    );
  }
  const kind = kindOfFile(bytes);
  if (kind === 'text') return readCsv(bytes);
  if (kind !== 'xlsx')
    return refuse(REFUSALS[kind] ?? 'This kind of file can’t be read: send the plan as .xlsx or .csv.');
  const excess = excessOfWorkbook(bytes);
  if (excess !== null)
    return refuse(`The workbook ${excess}, which is more than any plan has: send the plan’s sheet alone.`);
  return readXlsx(bytes);
}

function refuse(message: string): TablesRead {
  return { tables: [], problems: [problem('error', 'the file', message)] };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function emptyPlan(fileName: string, problems: readonly Problem[]): UnderstoodPlan {
  const found = problems.some(isError)
    ? problems
    : [...problems, problem('error', 'the file', 'The workbook has no sheet that can be read.')];
  return {
    plan: nameThePlan([], fileName),
    groups: [],
    actions: [],
    measures: [],
    people: [],
    problems: found,
  };
}
