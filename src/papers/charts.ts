import { Resvg } from '@resvg/resvg-js';
import * as echarts from 'echarts';
import type { FigureKey } from '../domain/figures';
import type { BarChart, Chart, LineChart } from './document';

/** As in the tables: letter and word stand in the legend, and each part carries its figure. */
const COLOURS: Readonly<Record<FigureKey, { readonly fill: string; readonly ink: string }>> = {
  red: { fill: '#B3261E', ink: '#FFFFFF' },
  amber: { fill: '#FFC44D', ink: '#1A1A1A' },
  green: { fill: '#1E7B3A', ink: '#FFFFFF' },
  blue: { fill: '#1F5FA8', ink: '#FFFFFF' },
  grey: { fill: '#BDBDBD', ink: '#1A1A1A' },
  none: { fill: '#F2F2F2', ink: '#1A1A1A' },
};
/** How many times finer than shown a picture is drawn, for print. */
const FINENESS = 2;
const FONT = 'DejaVu Sans';

/** How wide a letter of the font is at most, on the average of a text, in parts of its height: there is no screen to measure it on. */
const LETTER_WIDTH = 0.62;

echarts.setPlatformAPI({
  measureText: (text, font) => ({
    width: text.length * LETTER_WIDTH * Number(/(\d+(?:\.\d+)?)px/.exec(font ?? '')?.[1] ?? 12),
  }),
});

/** Draws a chart as PNG. Its letters come with a package, since a server may have no fonts. */
export function drawChart(chart: Chart): Uint8Array {
  const drawing = echarts.init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: chart.width,
    height: chart.height,
  });
  try {
    drawing.setOption(optionsOf(chart));
    const svg = drawing.renderToSVGString();
    const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
      require.resolve(`dejavu-fonts-ttf/ttf/${file}`),
    );
    const picture = new Resvg(svg, {
      font: { loadSystemFonts: false, fontFiles, defaultFontFamily: FONT },
      fitTo: { mode: 'zoom', value: FINENESS },
      background: '#FFFFFF',
    });
    return picture.render().asPng();
  } finally {
    drawing.dispose();
  }
}

function optionsOf(chart: Chart): echarts.EChartsCoreOption {
  return chart.kind === 'bars' ? barOptions(chart) : lineOptions(chart);
}

/** How much room a trajectory has above and below its figures, in parts of what they span. */
const HEADROOM = 0.15;

/** The trajectory alone: its figures stand in words beside it. */
function lineOptions({ points, aim, verdict }: LineChart): echarts.EChartsCoreOption {
  const values = [...points.map(({ value }) => value), ...(aim === null ? [] : [aim])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * HEADROOM;
  const last = points.at(-1);
  const ends = [points[0]?.at ?? 0, last?.at ?? 1];
  const ink =
    verdict === 'off' ? COLOURS.red.fill : verdict === 'on' ? COLOURS.green.fill : COLOURS.blue.fill;
  return {
    animation: false,
    grid: { left: 6, right: 8, top: 6, bottom: 6 },
    xAxis: { type: 'value', show: false, min: ends[0], max: ends[1] },
    yAxis: { type: 'value', show: false, min: low - room, max: high + room },
    series: [
      ...(aim === null
        ? []
        : [
            {
              type: 'line',
              symbol: 'none',
              data: ends.map((at) => [at, aim]),
              lineStyle: { color: '#6B6B6B', width: 1.5, type: 'dashed' },
            },
          ]),
      {
        type: 'line',
        data: points.map(({ at, value }) => [at, value]),
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { color: ink, width: 2 },
        itemStyle: { color: ink },
      },
    ],
  };
}

function barOptions({ bars, series, width }: BarChart): echarts.EChartsCoreOption {
  const largest = Math.max(
    1,
    ...bars.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0)),
  );
  return {
    animation: false,
    textStyle: { fontFamily: FONT, fontSize: 13, color: '#1A1A1A' },
    legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 12, textStyle: { fontFamily: FONT, fontSize: 13 } },
    grid: { left: 4, right: 16, top: 34, bottom: 6, containLabel: true },
    xAxis: { type: 'value', max: largest, show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars,
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: {
        show: bars.length > 1,
        width: Math.round(width * 0.42),
        overflow: 'truncate',
        fontFamily: FONT,
        fontSize: 12,
        color: '#1A1A1A',
      },
    },
    series: series.map(({ key, name, values }) => ({
      type: 'bar',
      stack: 'all',
      name,
      data: values,
      barWidth: '72%',
      itemStyle: { color: COLOURS[key].fill, borderColor: '#FFFFFF', borderWidth: 1 },
      label: {
        show: true,
        fontFamily: FONT,
        fontSize: 12,
        color: COLOURS[key].ink,
        formatter: ({ value }: { readonly value: number }) =>
          value / largest > 0.02 && value > 0 ? String(value) : '',
      },
    })),
  };
}
