import * as docx from 'docx';
import { drawChart } from './charts';
import type { Block, Chart, DocumentView, TableBlock, TableCell } from './document';
import { fixedZip } from './fixedZip';
import { safeText } from './safeText';

const FONT = 'Calibri';
/** A4 upright with margins of 2 cm, in twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838 };
const MARGIN = 1_134;
const TEXT_WIDTH = PAGE.width - 2 * MARGIN;
/** The page's width for text in pixels, by which pictures are scaled. */
const TEXT_PIXELS = Math.round((TEXT_WIDTH / 1_440) * 96);
const HEAD = '1F3A5F';
const INK: Readonly<Record<string, { readonly fill: string; readonly ink: string }>> = {
  'tint-red': { fill: 'B3261E', ink: 'FFFFFF' },
  'tint-amber': { fill: 'FFC44D', ink: '1A1A1A' },
  'tint-green': { fill: '1E7B3A', ink: 'FFFFFF' },
  'tint-blue': { fill: '1F5FA8', ink: 'FFFFFF' },
  'tint-grey': { fill: 'D0D0D0', ink: '1A1A1A' },
};

/**
 * Writes a document as .docx: real headings, tables with header rows that repeat, a description on each picture, its language and title set. The
 * same view gives the same bytes in a thread of its own, since the library counts its pictures on from one document to the next.
 */
export async function writeDocument(view: DocumentView): Promise<Uint8Array> {
  const document = new docx.Document({
    title: safeText(view.title, 250),
    subject: safeText(view.subject, 250),
    creator: 'Steward',
    lastModifiedBy: 'Steward',
    styles: stylesOf(view.language),
    numbering: { config: [] },
    features: { updateFields: false },
    sections: [
      {
        properties: {
          page: { size: PAGE, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } },
        },
        footers: { default: footerOf(view.foot) },
        children: view.blocks.flatMap(childrenOf),
      },
    ],
  });
  const bytes = await docx.Packer.toBuffer(document);
  return fixedZip(new Uint8Array(bytes), (name, text) =>
    name === 'docProps/core.xml' ? withDate(text, view) : text,
  );
}

/** The library writes today's date and no language. */
function withDate(core: string, { at, language }: DocumentView): string {
  const day = `${at.slice(0, 19)}Z`;
  return core
    .replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${day}`)
    .replace('</cp:coreProperties>', `<dc:language>${language}</dc:language></cp:coreProperties>`);
}

function childrenOf(block: Block): docx.FileChild[] {
  switch (block.kind) {
    case 'title':
      return [new docx.Paragraph({ style: 'Title', children: runs(block.text) })];
    case 'heading': {
      const { HeadingLevel } = docx;
      const levels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;
      return [
        new docx.Paragraph({
          heading: levels[block.level - 1] ?? HeadingLevel.HEADING_1,
          keepNext: true,
          children: runs(block.text),
        }),
      ];
    }
    case 'text':
      return safeText(block.text)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(
          (line) =>
            new docx.Paragraph({
              spacing: { after: 120 },
              children: [
                new docx.TextRun({
                  text: line,
                  italics: block.look === 'note',
                  bold: block.look === 'strong',
                }),
              ],
            }),
        );
    case 'list':
      return block.items.map(
        (item) => new docx.Paragraph({ bullet: { level: 0 }, children: runs(item.replace(/\s+/g, ' ')) }),
      );
    case 'table':
      return [tableOf(block), new docx.Paragraph({ spacing: { after: 120 }, children: [] })];
    case 'chart':
      return [
        new docx.Paragraph({
          spacing: { before: 120, after: 120 },
          children: [pictureOf(block.chart, TEXT_PIXELS)],
        }),
      ];
  }
}

/** A chart as a picture so many pixels wide, with its description. */
function pictureOf(chart: Chart, width: number): docx.ImageRun {
  return new docx.ImageRun({
    type: 'png',
    data: drawChart(chart),
    transformation: { width, height: Math.round((chart.height * width) / chart.width) },
    altText: {
      name: safeText(chart.name, 250),
      title: safeText(chart.name, 250),
      description: safeText(chart.alt, 2_000),
    },
  });
}

function tableOf({ head, rows, widths }: TableBlock): docx.FileChild {
  const all = widths.reduce((sum, width) => sum + width, 0);
  const columnWidths = widths.map((width) => Math.floor((TEXT_WIDTH * width) / all));
  const cellOf = (cell: TableCell, column: number, isHead: boolean) => {
    const tint = isHead ? { fill: HEAD, ink: 'FFFFFF' } : cell.tint ? INK[cell.tint] : undefined;
    const lines = safeText(cell.text).split('\n');
    return new docx.TableCell({
      width: { size: columnWidths[column] ?? 0, type: docx.WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      ...(tint ? { shading: { type: docx.ShadingType.CLEAR, color: 'auto', fill: tint.fill } } : {}),
      children: cell.chart
        ? [new docx.Paragraph({ children: [pictureOf(cell.chart, cell.chart.width)] })]
        : lines.map(
            (line) =>
              new docx.Paragraph({
                alignment: cell.isFigure ? docx.AlignmentType.RIGHT : docx.AlignmentType.LEFT,
                children: [
                  new docx.TextRun({
                    text: line,
                    bold: isHead || tint !== undefined || cell.isStrong === true,
                    size: 20,
                    ...(tint ? { color: tint.ink } : {}),
                  }),
                ],
              }),
          ),
    });
  };
  return new docx.Table({
    columnWidths,
    width: { size: TEXT_WIDTH, type: docx.WidthType.DXA },
    layout: docx.TableLayoutType.FIXED,
    rows: [
      new docx.TableRow({
        tableHeader: true,
        cantSplit: true,
        children: head.map((text, column) =>
          cellOf({ text, isFigure: rows[0]?.[column]?.isFigure === true }, column, true),
        ),
      }),
      ...rows.map(
        (cells) =>
          new docx.TableRow({
            cantSplit: true,
            children: cells.map((cell, column) => cellOf(cell, column, false)),
          }),
      ),
    ],
  });
}

function runs(text: string): docx.ParagraphChild[] {
  return [new docx.TextRun({ text: safeText(text).replace(/\n/g, ' ') })];
}

function footerOf(foot: string) {
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        alignment: docx.AlignmentType.RIGHT,
        children: [
          new docx.TextRun({ text: `${safeText(foot, 200)}  `, size: 18 }),
          new docx.TextRun({ children: [docx.PageNumber.CURRENT], size: 18 }),
        ],
      }),
    ],
  });
}

function stylesOf(language: string) {
  const heading = (size: number) => ({
    run: { font: FONT, size, bold: true, color: HEAD },
    paragraph: { spacing: { before: 280, after: 120 } },
  });
  return {
    default: {
      document: { run: { font: FONT, size: 22, language: { value: language } } },
      title: {
        run: { font: FONT, size: 44, bold: true, color: HEAD },
        paragraph: { spacing: { after: 120 } },
      },
      heading1: heading(30),
      heading2: heading(25),
      heading3: heading(22),
    },
  };
}
