import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LegacyGridContainLabel } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { FONT, type Box, widthOf } from './svg';

echarts.use([LineChart, BarChart, PieChart, GridComponent, LegendComponent, MarkLineComponent, LegacyGridContainLabel, SVGRenderer]);
// There is no canvas to measure texts with.
echarts.setPlatformAPI({
  measureText: (content: string, font?: string) => ({ width: widthOf(content, Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? 12) * 1.1) }),
});

/** Draws a chart at its place in the picture. */
export function drawChart(option: echarts.EChartsCoreOption, { x, y, width, height }: Box): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, useUTC: true, textStyle: { fontFamily: FONT }, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  // What a pointer would do is left out: a picture has none.
  const still = svg.replace(/<style >.*?<\/style>\n?/gs, '').replace(/ class="zr[\w-]*"| pointer-events="visible"/g, '');
  return still.replace('<svg ', `<svg x="${x}" y="${y}" `);
}
