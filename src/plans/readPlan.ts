import type { FullPlan, Problem } from '../domain/understood';
import { type FileKind, kindOfFile, LARGEST_FILE, surveyOfficeFile } from './fileKind';
import { readCsv } from './readCsv';
import { readDocx } from './readDocx';
import { readPasted } from './readPasted';
import { readXlsx } from './readXlsx';
import { problem, type TablesRead } from './tables';
import { emptyPlan, understandTables } from './understandTables';

const SEND = 'send the plan as .docx, .xlsx or .csv';

/** What a file that can't be read is told, by what it is. */
const REFUSALS: Readonly<Partial<Record<FileKind, string>>> = {
  xlsb: `This is a binary workbook (.xlsb): open it in Excel, save it as .xlsx and send that file.`,
  opendocument: `This is an OpenDocument file: save it as .docx or .xlsx and send that file.`,
  slides: `This is a presentation, not a plan: ${SEND}.`,
  zip: `This is a zip archive, not a plan: take the plan out of it and send that file.`,
  'old office': `This is a file of old Office (.doc or .xls): open it, save it as .docx or .xlsx and send that file.`,
  locked: `The file is locked with a password: save a copy without one and send that file.`,
  pdf: `This is a PDF, from which tables can’t be read safely: send the document or the sheet that it was made from.`,
  rtf: `This is a rich text file (.rtf): open it in Word, save it as .docx and send that file.`,
  'web page': `This is a web page or an XML file, not a plan: ${SEND}.`,
  picture: `This is a picture, whatever its name says: ${SEND}.`,
  empty: `The file is empty.`,
  damaged: `The file is damaged or of a kind that is not known: ${SEND}.`,
};

/**
 * Reads a plan from the bytes of a file: .docx, .xlsx, .csv or .tsv, told by what the bytes are and not by the name. Says
 * everything that it understood and everything that it doubts, each with its place. Never throws: a wrong, damaged or far too large file
 * gives an empty plan with one error that says what to do. `fileName` helps to name the plan and its month.
 */
export async function readPlan(bytes: Buffer, fileName: string): Promise<FullPlan> {
  return understand(() => readTables(bytes), fileName);
}

/**
 * Reads a plan from text that was pasted: lines, with cells parted by tabs, by bars or by two spaces or more. Else as
 * {@link readPlan}. `name` stands for the file's name.
 */
export async function readPastedPlan(text: string, name = 'pasted text'): Promise<FullPlan> {
  return understand(async () => readPasted(text), name);
}

async function understand(read: () => Promise<TablesRead>, fileName: string): Promise<FullPlan> {
  try {
    const { tables, problems } = await read();
    if (tables.length === 0) return emptyPlan(fileName, withReason(problems));
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
  if (kind === 'xlsx' || kind === 'docx') return readOfficeFile(bytes, kind);
  return refuse(REFUSALS[kind] ?? `This kind of file can’t be read: ${SEND}.`);
}

async function readOfficeFile(bytes: Buffer, kind: 'xlsx' | 'docx'): Promise<TablesRead> {
  const { excess, hasMacros, hasOutsideLinks, mergesTooMuch } = surveyOfficeFile(bytes, kind);
  const name = kind === 'xlsx' ? 'workbook' : 'document';
  if (excess !== null) return refuse(`The ${name} ${excess}: send the plan’s tables alone, in a new file.`);
  const { tables, problems } = kind === 'xlsx' ? await readXlsx(bytes, mergesTooMuch) : await readDocx(bytes);
  const notes: Problem[] = [];
  if (hasMacros) notes.push(problem('note', 'the file', `The ${name} has macros: they were not run.`));
  if (hasOutsideLinks)
    notes.push(problem('note', 'the file', `The ${name} points at other files: these were not fetched.`));
  if (mergesTooMuch) {
    const message = `The ${name} merges more cells than any plan does: it was read as if none were merged.`;
    notes.push(problem('warning', 'the file', message));
  }
  return { tables, problems: [...problems, ...notes] };
}

function refuse(message: string): TablesRead {
  return { tables: [], problems: [problem('error', 'the file', message)] };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function withReason(problems: readonly Problem[]): readonly Problem[] {
  if (problems.some(isError)) return problems;
  return [problem('error', 'the file', 'The workbook has no sheet that can be read.'), ...problems];
}
