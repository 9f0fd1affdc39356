import { LineChart, PieChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LegacyGridContainLabel } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { Markup, markup } from './markup';
import { FONT } from './page-style';
import type { Room } from './widget-content';

echarts.use([LineChart, PieChart, GridComponent, MarkLineComponent, LegacyGridContainLabel, SVGRenderer]);

/** The mean width of a character, in parts of the font size. Without a browser texts cannot be measured. */
const CHARACTER_WIDTH = 0.62;
echarts.setPlatformAPI({
  measureText: (text: string, font = '') => ({ width: text.length * Number(/([\d.]+)px/.exec(font)?.[1] ?? 12) * CHARACTER_WIDTH }),
});

/** A chart as SVG, which the browser fits into the place that it has. */
export function renderChart(option: echarts.EChartsCoreOption, { width, height }: Room): Markup {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, useUTC: true, textStyle: { fontFamily: FONT }, ...option });
  const svg = chart.renderToSVGString({ useViewBox: true });
  chart.dispose();
  return markup`<div class="chart" style="--height: ${height}px">${new Markup(withoutInteraction(svg))}</div>`;
}

/** The page has no script, so what a script would need is left out. */
function withoutInteraction(svg: string): string {
  return svg
    .replace(/<style >.*?<\/style>\n?/gs, '')
    .replace(
      / (?:class="zr[\w-]*"|pointer-events="visible"|ecmeta_\w+="[^"]*"|xmlns(?::xlink)?="[^"]*"|baseProfile="full"|version="1.1")/g,
      '',
    );
}
